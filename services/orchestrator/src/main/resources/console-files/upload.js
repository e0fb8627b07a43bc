// Starts a saga and sends its file by tus 1.0: in pieces, on from where it was after a broken line or a reload of the page.
(() => {
  "use strict";
  const PIECE = 4 * 1024 * 1024;
  const STORE = "mediasaga-uploads";
  const $ = (selector, root = document) => root.querySelector(selector);
  const wait = (millis) => new Promise((resolve) => setTimeout(resolve, millis));
  const csrf = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRF-Token"];

  // What was begun in this browser, by saga
  const begun = () => { try { return JSON.parse(localStorage.getItem(STORE)) || {}; } catch { return {}; } };
  const remember = (saga, what) => {
    const all = begun();
    if (what) all[saga] = what; else delete all[saga];
    localStorage.setItem(STORE, JSON.stringify(all));
    tellUnfinished();
  };
  const same = (what, file) => what.name === file.name && what.size === file.size && what.modified === file.lastModified;

  const size = (bytes) => bytes < 1024 ? bytes + " B" : bytes < 1048576 ? (bytes / 1024).toFixed(0) + " KiB"
    : bytes < 1073741824 ? (bytes / 1048576).toFixed(1) + " MiB" : (bytes / 1073741824).toFixed(2) + " GiB";

  class Refused extends Error {}
  class Gone extends Error {} // this upload cannot be gone on with

  const post = async (address, body, headers = {}) => {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "X-CSRF-Token": csrf, Accept: "application/json", "Content-Type": "application/json", ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (answer.status === 401) { location.assign("/console/sign-in?next=/console/start"); throw new Refused("Sign in again."); }
    if (answer.status === 202 && body === undefined) return null;
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) return said;
    const detail = said.detail || "The server answered with status " + answer.status + ".";
    if (answer.status === 404 || answer.status === 409 || answer.status === 410) throw new Gone(detail);
    if (answer.status >= 500 || answer.status === 429) throw new Error(detail);
    throw new Refused(detail);
  };

  // One piece, with progress on the way
  const patch = (address, token, offset, piece, stop, progress) => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PATCH", address);
    request.setRequestHeader("Tus-Resumable", "1.0.0");
    request.setRequestHeader("Upload-Offset", String(offset));
    request.setRequestHeader("Content-Type", "application/offset+octet-stream");
    request.setRequestHeader("Upload-Token", token);
    request.upload.onprogress = (event) => progress(offset + event.loaded);
    request.onload = () => {
      if (request.status === 204) resolve(Number(request.getResponseHeader("Upload-Offset")));
      else reject(Object.assign(new Error("status " + request.status), { status: request.status, text: request.responseText }));
    };
    request.onerror = () => reject(new Error("the line is broken"));
    request.onabort = () => reject(new Refused("Stopped. Choose the file again to go on."));
    stop.now = () => request.abort();
    request.send(piece);
  });
  const head = async (address, token) => {
    const answer = await fetch(address, { method: "HEAD", headers: { "Tus-Resumable": "1.0.0", "Upload-Token": token } });
    if (answer.ok) return Number(answer.headers.get("Upload-Offset"));
    throw Object.assign(new Error("status " + answer.status), { status: answer.status });
  };

  const send = async (saga, file, stop, tell) => {
    let failures = 0;
    for (;;) {
      try {
        if (stop.asked) throw new Refused("Stopped. Choose the file again to go on.");
        const granted = await post("/console/start/" + encodeURIComponent(saga) + "/token");
        if (!granted) { tell(0, "The saga prepares for the file"); await wait(400); continue; }
        const address = new URL(granted.upload_url, location.href).pathname;
        let offset = await head(address, granted.token);
        while (offset < file.size) {
          tell(offset);
          offset = await patch(address, granted.token, offset, file.slice(offset, offset + PIECE), stop, tell);
          failures = 0;
        }
        tell(file.size);
        return;
      } catch (failure) {
        if (failure instanceof Refused || failure instanceof Gone) throw failure;
        if ([400, 403, 404, 410, 413, 415].includes(failure.status)) {
          let detail = "";
          try { detail = JSON.parse(failure.text).detail; } catch { /* none */ }
          throw new Gone(detail || "The upload is not taken any more (" + failure.message + ").");
        }
        failures++;
        tell(null, "The line is broken (" + failure.message + "); trying again");
        await wait(Math.min(15000, 500 * 2 ** failures));
      }
    }
  };

  const form = (each) => {
    const error = $("[data-error]", each), sending = $("[data-sending]", each), told = $("[data-told]", each);
    const bar = $("progress", each), start = $("button.primary", each), stopper = $("[data-stop]", each), drop = $(".drop", each);
    const fail = (text) => { error.textContent = text; error.hidden = !text; };
    ["dragover", "dragenter"].forEach((kind) => drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); }));
    ["dragleave", "drop"].forEach((kind) => drop.addEventListener(kind, () => drop.classList.remove("over")));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length) { each.file.files = event.dataTransfer.files; each.file.dispatchEvent(new Event("change")); }
    });
    each.file.addEventListener("change", () => {
      fail("");
      const file = each.file.files[0];
      if (!file) return;
      const known = Object.values(begun()).find((what) => same(what, file));
      start.textContent = known ? "Go on sending" : "Start and send";
      for (const [name, value] of Object.entries(known ? known.data : {})) if (each.elements[name]) each.elements[name].value = value;
      if (each.elements.title && !each.elements.title.value) each.elements.title.value = file.name.replace(/\.[^.]*$/, "");
    });
    each.addEventListener("submit", async (event) => {
      event.preventDefault();
      fail("");
      const missing = [...each.elements].find((field) => field.required && !field.value);
      if (missing) { fail("Something is missing: " + (missing.labels[0] ? missing.labels[0].textContent.trim() : missing.name)); missing.focus(); return; }
      const file = each.file.files[0];
      const stop = { asked: false, now: () => {} };
      start.disabled = true; stopper.hidden = false; sending.hidden = false;
      stopper.onclick = () => { stop.asked = true; stop.now(); };
      let saga = (Object.entries(begun()).find(([, what]) => same(what, file)) || [])[0];
      const resumed = Boolean(saga);
      const began = Date.now();
      let first = null;
      const tell = (bytes, text) => {
        if (bytes === null || text) { told.textContent = text; if (bytes === null) return; }
        if (first === null) first = bytes;
        bar.max = Math.max(1, file.size); bar.value = bytes;
        const rate = (bytes - first) / Math.max(0.2, (Date.now() - began) / 1000);
        if (!text) told.textContent = (resumed ? "Going on: " : "") + size(bytes) + " of " + size(file.size) + (rate > 0 ? ", " + size(rate) + "/s" : "");
        const all = begun();
        if (saga && all[saga]) { all[saga].sent = bytes; localStorage.setItem(STORE, JSON.stringify(all)); }
      };
      try {
        if (!saga) {
          const data = { file_name: file.name, content_type: file.type || "application/octet-stream", size_bytes: file.size };
          const given = {};
          for (const field of each.elements) if (field.name && field.name !== "file" && field.value) given[field.name] = field.value;
          const started = await post("/console/start",
            { definition: each.dataset.definition, namespace: each.dataset.namespace, data: { ...data, ...given } }, { "Idempotency-Key": crypto.randomUUID ? crypto.randomUUID() : String(Math.random()) });
          saga = started.saga_id;
          remember(saga, { name: file.name, size: file.size, modified: file.lastModified, data: given, sent: 0 });
        }
        await send(saga, file, stop, tell);
        remember(saga, null);
        location.assign("/console/sagas/" + encodeURIComponent(saga));
      } catch (failure) {
        if (failure instanceof Gone && saga) remember(saga, null);
        fail(failure.message);
        start.disabled = false; stopper.hidden = true;
      }
    });
  };

  const tellUnfinished = () => {
    const box = $("#unfinished");
    const all = Object.entries(begun());
    box.hidden = all.length === 0;
    $("ul", box).replaceChildren(...all.map(([saga, what]) => {
      const line = document.createElement("li");
      const text = document.createElement("span");
      text.textContent = what.name + ", " + size(what.sent || 0) + " of " + size(what.size) + " sent";
      const link = document.createElement("a");
      link.href = "/console/sagas/" + encodeURIComponent(saga);
      link.textContent = "its saga";
      const forget = document.createElement("button");
      forget.type = "button"; forget.className = "quiet"; forget.textContent = "Forget";
      forget.setAttribute("aria-label", "Forget " + what.name);
      forget.onclick = () => remember(saga, null);
      line.append(text, link, forget);
      return line;
    }));
  };
  document.querySelectorAll("form.upload").forEach(form);
  tellUnfinished();
})();
