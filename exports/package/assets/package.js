// Improves a crisis package where scripts run: narrows the index, and tells when the package has expired.
// Everything works without it.
"use strict";

(() => {
  const folded = (text) => text.normalize("NFKC").toLowerCase().trim().split(/\s+/).filter(Boolean);

  const expired = document.querySelector("[data-expired]");
  const last = new Date(`${document.body.dataset.expires}T23:59:59`);
  if (expired && new Date() > last) expired.hidden = false;

  const find = document.querySelector("[data-find]");
  if (!find) return;
  const field = find.querySelector("input");
  const told = find.querySelector("[data-found]");
  const lines = [...document.querySelectorAll("[data-words]")];
  const letters = [...document.querySelectorAll("[data-letter]")];

  const narrow = () => {
    const words = folded(field.value);
    let count = 0;
    for (const line of lines) {
      const fits = words.every((word) => line.dataset.words.includes(word));
      line.hidden = !fits;
      count += fits ? 1 : 0;
    }
    for (const letter of letters) letter.hidden = !letter.querySelector("[data-words]:not([hidden])");
    told.textContent = words.length ? told.dataset.found.replace("{found}", count) : "";
  };

  find.hidden = false;
  field.addEventListener("input", narrow);
  narrow();
})();
