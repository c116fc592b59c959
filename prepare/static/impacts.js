// In the impact grid the arrow keys move from cell to cell and a digit sets the step; without it Tab and the lists do.
(() => {
  "use strict";

  const grid = document.querySelector("[data-grid]");
  if (!grid) return;
  const rows = [...grid.tBodies[0].rows].map((row) => [...row.querySelectorAll("select")]);
  const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  grid.addEventListener("keydown", (event) => {
    const cell = event.target.closest("select");
    if (!cell || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const row = rows.findIndex((cells) => cells.includes(cell));
    const column = rows[row].indexOf(cell);
    if (event.key in moves) {
      const [down, right] = moves[event.key];
      rows[row + down]?.[column + right]?.focus();
    } else if (event.key === "Home" || event.key === "End") {
      rows[row].at(event.key === "Home" ? 0 : -1).focus();
    } else if (/^[1-5]$/.test(event.key) || event.key === "Delete" || event.key === "Backspace") {
      set(cell, event.key.length === 1 ? event.key : "");
    } else {
      return;
    }
    event.preventDefault();
  });

  function set(cell, step) {
    if (cell.value === step) return;
    cell.value = step;
    cell.dispatchEvent(new Event("change", { bubbles: true }));
  }
})();
