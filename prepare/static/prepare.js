// Small improvements; every page works without them.
(() => {
  "use strict";

  // A refused form tells its errors first.
  document.querySelector("[data-focus]")?.focus();

  // A form is sent once, however often its button is pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent || isTooLarge(form)) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(release, 8000); // an answer that is a file leaves the page as it is
  });

  // A form that is too large for the service is not sent, so that its text stays where it was written.
  function isTooLarge(form) {
    if (form.enctype !== "application/x-www-form-urlencoded") return false;
    const told = document.body.dataset;
    const bytes = new Blob([new URLSearchParams(new FormData(form))]).size;
    form.querySelector("[data-too-large]")?.remove();
    if (!told.mostBytes || bytes <= Number(told.mostBytes)) return false;
    const notice = document.createElement("p");
    notice.className = "hds-notification hds-notification--error";
    notice.setAttribute("role", "alert");
    notice.dataset.tooLarge = "";
    notice.tabIndex = -1;
    notice.textContent = told.tooLarge;
    form.prepend(notice);
    notice.focus();
    return true;
  }

  function release() {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  }

  // A text that is to be handed over is copied by a button.
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) break;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
      button.querySelector("span").textContent = button.dataset.copied;
    });
  }

  // Coming back to a page by the browser's history, its forms can be sent again.
  window.addEventListener("pageshow", release);
})();
