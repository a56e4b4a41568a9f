// Reads the one-time token from the fragment, takes it out of the address bar
// at once, and sends it in a form. It is kept for this tab until the password is
// chosen, so that switching the language or reloading does not lose it.
"use strict";
(() => {
  const slot = "tasuke-welcome";
  const page = document.body.dataset.page;
  if (page === "done") {
    sessionStorage.removeItem(slot);
    return;
  }
  const fragment = location.hash.slice(1);
  if (fragment !== "") {
    sessionStorage.setItem(slot, fragment);
    history.replaceState(null, "", location.pathname + location.search);
  }
  if (page !== "open") {
    return;
  }
  const token = sessionStorage.getItem(slot);
  if (token === null) {
    document.getElementById("no-token").hidden = false;
    return;
  }
  const form = document.getElementById("open");
  form.elements.namedItem("token").value = token;
  form.hidden = false;
  document.getElementById("opening").hidden = false;
  form.submit();
})();
