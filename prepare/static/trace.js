// The picture of a disruption: move through the hours, play them, zoom. Without this script the page shows the whole
// course, or one hour that is asked for in its address.
(() => {
  "use strict";

  const LOOKS = ["waiting", "down", "late", "degraded", "back"];
  const spans = (text) => (text || "").split(" ").filter(Boolean).map((span) => {
    const [start, end] = span.split("-");
    return [Number(start), end === "" ? Infinity : Number(end)];
  });
  const holds = (intervals, minute) => intervals.some(([start, end]) => start <= minute && minute < end);
  const timed = (element) => ({
    element,
    out: spans(element.dataset.out),
    late: spans(element.dataset.late),
    degraded: spans(element.dataset.degraded),
  });

  // The same rule as in dependencies/course.py; the gravest where one node stands for many functions.
  function phaseAt({ out, late, degraded }, minute) {
    const all = [...out, ...degraded];
    if (!all.length) return "";
    if (holds(late, minute)) return "late";
    if (holds(out, minute)) return "down";
    if (holds(degraded, minute)) return "degraded";
    return minute < Math.min(...all.map(([start]) => start)) ? "waiting" : "back";
  }

  function follow(box) {
    const find = (selector) => box.querySelector(selector);
    const svg = find(".trace__picture");
    const slider = find("[data-hour]");
    const output = find("output");
    const status = find("[data-status]");
    const tiles = find("[data-counts]");
    const numbers = [...tiles.querySelectorAll("[data-count]")];
    const counts = JSON.parse(tiles.dataset.counts);
    const words = JSON.parse(box.dataset.trace);
    const edges = [...svg.querySelectorAll("path[data-from]")];
    const nodes = [...svg.querySelectorAll("[data-node]")].map(timed);
    const table = box.closest("section").parentElement;
    const rows = [...table.querySelectorAll("tr[data-out], tr[data-degraded]")].map(timed);
    const cells = table.querySelectorAll(".at-hour");
    const width = svg.viewBox.baseVal.width;
    const height = svg.viewBox.baseVal.height;
    let timer = 0;
    let zoom = 1;

    function legend(name) {
      for (const list of box.querySelectorAll("[data-legend]")) list.hidden = list.dataset.legend !== name;
      tiles.classList.toggle("is-off", name === "course");
      for (const cell of cells) cell.classList.toggle("is-off", name === "course");
    }

    function mark(hour) {
      for (const link of box.querySelectorAll("[data-show]")) link.setAttribute("aria-current", link.dataset.show === hour);
    }

    function dress(element, phase) {
      const sign = element.querySelector(".node__sign");
      element.classList.remove(...LOOKS.map((look) => `at-${look}`));
      if (phase) element.classList.add(`at-${phase}`);
      sign.textContent = phase ? words[phase][0] : sign.dataset.verdict;
    }

    function show(hour) {
      const states = nodes.map((node) => {
        const phase = phaseAt(node, hour * 60);
        dress(node.element, phase);
        return phase;
      });
      for (const edge of edges) edge.classList.toggle("is-off", states[Number(edge.dataset.to)] === "waiting");
      for (const row of rows) {
        row.element.querySelector("[data-when]").textContent = `${hour} h`;
        row.element.querySelector("[data-phase]").textContent = words[phaseAt(row, hour * 60)][1];
      }
      const [, ...now] = counts.filter(([at]) => at <= hour).at(-1);
      numbers.forEach((cell, index) => { cell.textContent = now[index]; });
      find("[data-now]").textContent = `${hour} h`;
      output.textContent = `${hour} h`;
      slider.setAttribute("aria-valuetext", `${hour} h`);
      if (!timer) status.textContent = box.dataset.told.replace("{hour}", hour).replace("{count}", now[0] + now[3]);
      legend("moment");
      mark(String(hour));
    }

    function showAll() {
      stop();
      for (const { element } of nodes) dress(element, "");
      for (const edge of edges) edge.classList.remove("is-off");
      slider.value = slider.max;
      output.textContent = "";
      status.textContent = "";
      legend("course");
      mark("");
    }

    const play = find("[data-do=play]");
    const label = play.querySelector("span");
    const begin = label.textContent;

    function stop() {
      clearInterval(timer);
      timer = 0;
      label.textContent = begin;
    }

    function start() {
      const step = Math.max(1, Math.round(Number(slider.max) / 80));
      if (Number(slider.value) >= Number(slider.max)) slider.value = 0;
      label.textContent = play.dataset.stop;
      timer = setInterval(() => {
        slider.value = Number(slider.value) + step;
        if (Number(slider.value) >= Number(slider.max)) stop();
        show(Number(slider.value));
      }, 250);
      show(Number(slider.value));
    }

    // To the next hour at which something changes; from the end back to the beginning.
    function next() {
      stop();
      const later = counts.find(([hour]) => hour > Number(slider.value));
      slider.value = later ? later[0] : 0;
      show(Number(slider.value));
    }

    function scale(factor) {
      zoom = Math.min(3, Math.max(0.4, zoom * factor));
      svg.classList.add("is-zoomed");
      svg.setAttribute("width", Math.round(width * zoom));
      svg.setAttribute("height", Math.round(height * zoom));
    }

    // The lines of the function under the pointer or with the focus stand out.
    function light(element) {
      const number = element?.dataset.node;
      for (const edge of edges) edge.classList.toggle("is-lit", number !== undefined && [edge.dataset.from, edge.dataset.to].includes(number));
    }

    slider.addEventListener("input", () => { stop(); show(Number(slider.value)); });
    for (const link of box.querySelectorAll("[data-show]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        history.replaceState(null, "", link.href);
        if (link.dataset.show === "") return showAll();
        stop();
        slider.value = link.dataset.show;
        show(Number(slider.value));
      });
    }
    const acts = { play: () => (timer ? stop() : start()), next, in: () => scale(1.25), out: () => scale(0.8) };
    box.addEventListener("click", (event) => acts[event.target.closest("[data-do]")?.dataset.do]?.());
    svg.addEventListener("pointerover", (event) => light(event.target.closest("[data-node]")));
    svg.addEventListener("focusin", (event) => light(event.target.closest("[data-node]")));
    svg.addEventListener("pointerleave", () => light(null));
    find("[data-tools]").hidden = false;
    if ("at" in box.dataset) output.textContent = find("[data-now]").textContent;
  }

  document.querySelectorAll("[data-trace]").forEach(follow);
})();
