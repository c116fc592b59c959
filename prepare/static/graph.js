// The dependency graph: the lines of what is pointed at stand out, the arrow keys move, the picture is zoomed.
(() => {
  "use strict";

  const box = document.querySelector("[data-plan]");
  if (!box) return;
  const svg = box.querySelector("svg");
  const edges = [...svg.querySelectorAll("path[data-from]")];
  const parts = [...svg.querySelectorAll("[data-part]")];
  const width = svg.viewBox.baseVal.width;
  const height = svg.viewBox.baseVal.height;
  const chosen = edges.filter((edge) => edge.classList.contains("is-lit"));
  let zoom = 1;

  function light(part) {
    const number = part?.dataset.part;
    const near = new Set();
    for (const edge of edges) {
      const ends = [edge.dataset.from, edge.dataset.to];
      const lit = part ? ends.includes(number) : chosen.includes(edge);
      edge.classList.toggle("is-lit", lit);
      if (part && lit) ends.forEach((end) => near.add(end));
    }
    svg.classList.toggle("plan--focus", Boolean(part) || chosen.length > 0);
    for (const one of parts) one.classList.toggle("is-near", near.has(one.dataset.part));
  }

  // To the nearest in the direction of the arrow; sideways on the same line.
  function move(part, key) {
    const from = part.getBoundingClientRect();
    const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    const [right, down] = ways[key];
    const far = (one) => {
      const to = one.getBoundingClientRect();
      const [x, y] = [to.x - from.x, to.y - from.y];
      const ahead = right ? x * right : y * down;
      const aside = right ? y : x;
      if (ahead <= 1 || (right && Math.abs(aside) > 1)) return Infinity;
      return right ? ahead : ahead * 3 + Math.abs(aside);
    };
    const found = parts.filter((one) => one.matches("a")).map((one) => [far(one), one]).sort(([a], [b]) => a - b)[0];
    if (found && found[0] < Infinity) found[1].focus();
  }

  function scale(factor) {
    zoom = Math.min(3, Math.max(0.3, zoom * factor));
    svg.classList.add("is-zoomed");
    svg.setAttribute("width", Math.round(width * zoom));
    svg.setAttribute("height", Math.round(height * zoom));
  }

  svg.addEventListener("pointerover", (event) => light(event.target.closest("[data-part]")));
  svg.addEventListener("pointerleave", () => light(null));
  svg.addEventListener("focusin", (event) => light(event.target.closest("[data-part]")));
  svg.addEventListener("focusout", () => light(null));
  svg.addEventListener("keydown", (event) => {
    const part = event.target.closest("[data-part]");
    if (!part || !event.key.startsWith("Arrow") || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    move(part, event.key);
  });
  const acts = { in: () => scale(1.25), out: () => scale(0.8) };
  box.addEventListener("click", (event) => acts[event.target.closest("[data-do]")?.dataset.do]?.());
  box.querySelector("[data-tools]").hidden = false;
})();
