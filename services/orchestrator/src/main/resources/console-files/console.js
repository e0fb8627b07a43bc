// What the console's pages do by themselves: live lists and sagas, keys, dialogs, times, the theme.
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Times: the same words as the server's.
  const ago = (time) => {
    const seconds = Math.trunc((Date.now() - new Date(time).getTime()) / 1000);
    const far = Math.abs(seconds);
    if (far < 5) return "now";
    const text = far < 60 ? far + " s" : far < 3600 ? Math.trunc(far / 60) + " min"
      : far < 86400 ? Math.trunc(far / 3600) + " h" : Math.trunc(far / 86400) + " d";
    return seconds > 0 ? text + " ago" : "in " + text;
  };
  const lasted = (millis) => millis < 1000 ? millis + " ms" : millis < 10000 ? (millis / 1000).toFixed(2) + " s"
    : millis < 60000 ? (millis / 1000).toFixed(1) + " s"
    : millis < 3600000 ? Math.trunc(millis / 60000) + " min " + Math.trunc(millis / 1000) % 60 + " s"
    : millis < 172800000 ? Math.trunc(millis / 3600000) + " h " + Math.trunc(millis / 60000) % 60 + " min"
    : Math.trunc(millis / 86400000) + " d " + Math.trunc(millis / 3600000) % 24 + " h";
  const say = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const times = () => {
    $$("time[data-ago]").forEach((time) => say(time, ago(time.dateTime)));
    $$("[data-since]").forEach((each) => say(each, lasted(Math.max(0, Date.now() - new Date(each.dataset.since).getTime()))));
  };
  setInterval(times, 1000);

  // The server writes moments in UTC; people read them in the zone that their browser is in.
  const digits = (number, length = 2) => String(number).padStart(length, "0");
  const zone = (at) => {
    const minutes = -at.getTimezoneOffset(), far = Math.abs(minutes);
    return "UTC" + (minutes === 0 ? "" : (minutes < 0 ? "−" : "+") + Math.trunc(far / 60) + (far % 60 ? ":" + digits(far % 60) : ""));
  };
  const day = (at) => digits(at.getMonth() + 1) + "-" + digits(at.getDate());
  const clock = (at) => digits(at.getHours()) + ":" + digits(at.getMinutes()) + ":" + digits(at.getSeconds());
  const moment = (at) => at.getFullYear() + "-" + day(at) + " " + clock(at) + " " + zone(at);
  const here = (root) => $$("time[datetime]", root).forEach((time) => {
    const at = new Date(time.dateTime);
    if (isNaN(at)) return;
    if (time.title) time.title = moment(at);
    if (time.matches("[data-moment]")) say(time, moment(at));
    if (time.matches("[data-clock]")) {
      say(time, at.toDateString() === new Date().toDateString() ? clock(at) + "." + digits(at.getMilliseconds(), 3) : day(at) + " " + clock(at));
    }
  });
  here(document);
  // A time that is typed is one of this zone, too; on the way it is put into UTC.
  $$("[data-zoned]").forEach((field) => {
    const chosen = () => field.form.elements[field.dataset.zoned].value === "time";
    const at = new Date(field.value);
    if (chosen() && field.value && !isNaN(at)) {
      field.value = at.getFullYear() + "-" + day(at) + "T" + (field.value.includes(".") ? clock(at) + "." + digits(at.getMilliseconds(), 3) : clock(at));
    }
    const option = $('option[value="time"]', field.form.elements[field.dataset.zoned]);
    option.textContent = "a time (" + zone(new Date()) + ")";
    field.form.addEventListener("formdata", (event) => {
      const typed = new Date(field.value);
      if (chosen() && field.value && !isNaN(typed)) event.formData.set(field.name, typed.toISOString());
    });
  });

  // Theme
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("mediasaga-theme", root.dataset.theme);
  });

  // Short messages
  const toast = (text, bad) => {
    const box = $("#toasts");
    const line = document.createElement("p");
    line.className = bad ? "toast bad" : "toast";
    line.textContent = text;
    box.append(line);
    setTimeout(() => line.remove(), bad ? 9000 : 4000);
  };

  // Dialogs come from the server; the element that opened one gets the focus back.
  let opener = null;
  const close = () => {
    const dialog = $("#dialog dialog[open]");
    if (dialog) dialog.close();
    $("#dialog").replaceChildren();
    const back = opener && (opener.isConnected ? opener : opener.id && document.getElementById(opener.id));
    if (back) back.focus();
    opener = null;
  };
  document.addEventListener("htmx:beforeRequest", (event) => {
    const target = event.detail.target;
    if (target && target.id === "dialog" && !event.detail.elt.closest("dialog")) opener = event.detail.elt;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "dialog") {
      const dialog = $("#dialog dialog[data-open]");
      if (!dialog) return;
      dialog.showModal();
      dialog.addEventListener("close", () => { if (dialog.isConnected) close(); });
      const field = $("[autofocus]", dialog);
      if (field) field.focus();
    }
    here(event.detail.target);
    times();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-close]");
    if (!button) return;
    const dialog = button.closest("dialog");
    if (!dialog) return;
    event.preventDefault();
    if (dialog.closest("#dialog")) close(); else dialog.close();
  });
  document.addEventListener("done", (event) => {
    close();
    toast(event.detail.text);
    document.dispatchEvent(new CustomEvent("look-again"));
  });
  document.addEventListener("htmx:sendError", () => toast("The server does not answer.", true));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status >= 500) toast("That did not work; the server had a problem.", true);
  });

  // Boxes that submit their form when they change
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
    if (event.target.matches("[data-all]")) {
      $$('input[type=checkbox][name="id"]').forEach((box) => { box.checked = event.target.checked; });
    }
    if (event.target.matches('[data-all], input[name="id"]')) counted();
  });
  const counted = () => {
    const button = $("[data-selected]");
    if (!button) return;
    const count = $$('input[type=checkbox][name="id"]:checked').length;
    button.disabled = count === 0;
    button.textContent = count === 0 ? "Send selected again" : "Send " + count + " selected again";
  };
  counted();

  // Parts that were open stay open when they are drawn again.
  const drawn = (target, html) => {
    const open = $$("details[open][id]", target).map((each) => each.id);
    const focused = document.activeElement && target.contains(document.activeElement) ? document.activeElement.id : "";
    const scrolled = $$(".scroll, pre", target).map((each) => [each.scrollLeft, each.scrollTop]);
    const keep = ["watch", "messages"].map((id) => document.getElementById(id)).filter((each) => each && target.contains(each));
    const fresh = document.createElement("div");
    fresh.innerHTML = html; // the server's own page, everything in it escaped
    here(fresh);
    // What plays or was asked for is not drawn again: that would start it anew.
    keep.forEach((old) => {
      const now = fresh.querySelector("#" + old.id);
      if (now && (old.id !== "watch" || now.getAttribute("src") === old.getAttribute("src"))) now.dataset.keep = "yes";
    });
    patch(target, fresh);
    htmx.process(target);
    open.forEach((id) => { const each = document.getElementById(id); if (each) each.open = true; });
    $$(".scroll, pre", target).forEach((each, i) => { if (scrolled[i]) [each.scrollLeft, each.scrollTop] = scrolled[i]; });
    if (focused && document.activeElement === document.body) { const each = document.getElementById(focused); if (each) each.focus(); }
    times();
  };
  // Takes over what is different and leaves the rest alone, so that nothing flickers and focus and selection stay.
  const patch = (old, fresh) => {
    const before = [...old.childNodes], after = [...fresh.childNodes];
    const most = Math.max(before.length, after.length);
    for (let i = 0; i < most; i++) {
      const a = before[i], b = after[i];
      if (!b) a.remove();
      else if (!a) old.append(b);
      else if (a.nodeType !== b.nodeType || a.nodeName !== b.nodeName || (a.id || "") !== (b.id || "")) a.replaceWith(b);
      else if (a.nodeType !== Node.ELEMENT_NODE) { if (a.nodeValue !== b.nodeValue) a.nodeValue = b.nodeValue; }
      else if (!b.dataset || b.dataset.keep !== "yes") {
        for (const { name } of [...a.attributes]) {
          if (!b.hasAttribute(name) && !(name === "open" && a.nodeName === "DETAILS") && !name.startsWith("data-hx")) a.removeAttribute(name);
        }
        for (const { name, value } of [...b.attributes]) if (a.getAttribute(name) !== value) a.setAttribute(name, value);
        patch(a, b);
      }
    }
  };
  // Whoever looks at a page that does not move any more has to know that.
  const away = (is) => {
    const line = $("#away");
    if (is && !line) {
      const fresh = document.createElement("p");
      fresh.id = "away";
      fresh.className = "notice bad";
      fresh.setAttribute("role", "status");
      fresh.textContent = "The orchestrator does not answer. What you see is as old as its last answer; the page goes on by itself.";
      $("#main").prepend(fresh);
    } else if (!is && line) line.remove();
  };
  const fetchPart = async (address) => {
    let answer;
    try {
      answer = await fetch(address, { headers: { "HX-Request": "true", "HX-Current-URL": location.pathname + location.search } });
    } catch (failure) {
      away(true);
      throw failure;
    }
    away(answer.status >= 502);
    if (answer.status >= 500) throw new Error("status " + answer.status);
    if (answer.status === 401) { location.assign(answer.headers.get("HX-Redirect") || "/console/sign-in"); return null; }
    if (answer.status === 204 || !answer.ok) return null;
    return answer.text();
  };

  // A list that is watched. It stands still while somebody points at it or is in it, so that nobody clicks on another row.
  const rows = $("#rows");
  const still = () => document.hidden || $("dialog[open]") || !$("[data-live]")?.checked
    || rows.querySelector("tbody:hover") || (rows.contains(document.activeElement));
  if (rows && rows.dataset.rows) {
    let under = false;
    const look = async (now) => {
      if (under || (!now && still())) return;
      under = true;
      try {
        const seen = $("[data-seen]", rows)?.dataset.seen || "";
        const html = await fetchPart(rows.dataset.rows + (rows.dataset.rows.includes("?") ? "&" : "?") + "seen=" + seen);
        if (html !== null) drawn(rows, html);
      } catch { /* the next look may find it */ } finally { under = false; }
    };
    setInterval(() => look(false), 2000);
    document.addEventListener("look-again", () => look(true));
  }

  // A saga that is watched: the server tells when there is something new.
  const saga = $("#saga");
  if (saga) {
    let under = false, again = false;
    const state = () => saga.firstElementChild.dataset;
    const look = async () => {
      if (under) { again = true; return; }
      under = true;
      try {
        do {
          again = false;
          const html = await fetchPart(saga.dataset.livePage);
          if (html !== null) drawn(saga, html);
        } while (again);
      } catch { setTimeout(look, 3000); } finally { under = false; }
    };
    document.addEventListener("look-again", look);
    // Browsers keep six lines to a server for all tabs together, so a tab that nobody sees gives its line back. Where the server
    // has no place left, or is away for long, the page looks by itself.
    let stream = null, retry = 0;
    const leave = () => {
      clearTimeout(retry);
      if (stream) stream.close();
      stream = null;
    };
    const follow = () => {
      if (stream || document.hidden || state().ended === "true") return;
      stream = new EventSource(saga.dataset.stream + "?seen=" + state().version);
      stream.addEventListener("changed", () => look().then(() => { if (state().ended === "true") leave(); }));
      stream.addEventListener("error", (event) => {
        if (event.target !== stream) return;
        if (stream.readyState !== EventSource.CLOSED) { // it tries again by itself
          look();
          return;
        }
        leave();
        retry = setTimeout(() => look().then(follow), 5000);
      });
    };
    document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); else follow(); });
    addEventListener("pagehide", leave);
    addEventListener("pageshow", (event) => { if (event.persisted) follow(); });
    follow();
  }

  // Anything else that is looked at again by itself
  $$("[data-poll]").forEach((part) => {
    setInterval(async () => {
      if (document.hidden || part.contains(document.activeElement)) return;
      try {
        const html = await fetchPart(part.dataset.poll);
        if (html !== null) drawn(part, html);
      } catch { /* the next look may find it */ }
    }, Number(part.dataset.every || 5000));
  });
  document.addEventListener("look-again", () => $$("[data-poll]").forEach(async (part) => {
    try {
      const html = await fetchPart(part.dataset.poll);
      if (html !== null) drawn(part, html);
    } catch { /* the next look may find it */ }
  }));

  // Keys
  let waiting = 0;
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]");
  const move = (by) => {
    const all = $$("[data-row]");
    if (!all.length) return;
    const at = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by))];
    const link = $("a, button, input", next);
    if (link) link.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches("a[role=button]")) { event.preventDefault(); event.target.click(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if ($("dialog[open]")) return;
    if (Date.now() - waiting < 1500 && /^[a-z]$/.test(event.key)) {
      waiting = 0;
      const link = $('nav a[data-key="' + event.key + '"]');
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    waiting = 0;
    if (event.key === "g") waiting = Date.now();
    else if (event.key === "/") { const field = $("[data-search]"); if (field) { event.preventDefault(); field.focus(); field.select(); } }
    else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "?") $("#keys").showModal();
  });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-help]")) $("#keys").showModal(); });
})();
