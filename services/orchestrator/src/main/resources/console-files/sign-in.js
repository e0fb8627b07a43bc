// A link may bring a token behind "#", where no server and no log sees it: takes it out of the address, and signs in with it.
(() => {
  "use strict";
  const form = document.getElementById("sign-in");
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!form || !token) return;
  history.replaceState(null, "", location.pathname + location.search);
  form.elements.token.value = token;
  if (form.dataset.direct === "true") form.requestSubmit();
  else form.querySelector("button").focus();
})();
