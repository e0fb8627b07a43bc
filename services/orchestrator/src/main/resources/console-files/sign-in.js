// A link may bring a token behind "#", where no server and no log sees it: takes it out of the address, and signs in with it.
(() => {
  "use strict";
  const form = document.getElementById("sign-in");
  if (!form) return;
  const take = () => {
    const token = new URLSearchParams(location.hash.slice(1)).get("token");
    if (!token) return;
    history.replaceState(null, "", location.pathname + location.search);
    form.elements.token.value = token;
    if (form.dataset.direct === "true") form.requestSubmit();
    else form.querySelector("button").focus();
  };
  addEventListener("hashchange", take); // the link was opened where this page was open already
  take();
})();
