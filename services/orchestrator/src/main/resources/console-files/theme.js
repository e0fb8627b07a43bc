// Before anything is drawn: the theme that this person chose, where there is one.
(() => {
  "use strict";
  const chosen = localStorage.getItem("mediasaga-theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
})();
