// The picture of a disruption: move through the hours, play them, zoom. Without this script it shows the whole course.
(() => {
  "use strict";

  document.querySelectorAll("[data-trace]").forEach((box) => {
    const svg = box.querySelector("svg");
    const slider = box.querySelector("[data-hour]");
    const output = box.querySelector("output");
    const status = box.querySelector("[data-status]");
    const edges = [...svg.querySelectorAll("path[data-from]")];
    const nodes = [...svg.querySelectorAll("[data-node]")].map((element) => ({
      element,
      outages: (element.dataset.out || "").split(" ").filter(Boolean).map((text) => {
        const [start, end] = text.split("-");
        return [Number(start), end === "" ? Infinity : Number(end)];
      }),
    }));
    const width = svg.width.baseVal.value;
    const height = svg.height.baseVal.value;
    let timer = 0;
    let zoom = 1;

    // Before its first outage a function waits, between and after outages it is back.
    function stateAt(outages, minute) {
      if (!outages.length) return "";
      if (outages.some(([start, end]) => start <= minute && minute < end)) return "is-out";
      return minute < outages[0][0] ? "is-waiting" : "is-back";
    }

    function show(hour) {
      const states = nodes.map(({ element, outages }) => {
        const state = stateAt(outages, hour * 60);
        element.classList.toggle("is-waiting", state === "is-waiting");
        element.classList.toggle("is-back", state === "is-back");
        return state;
      });
      for (const edge of edges) edge.classList.toggle("is-off", states[Number(edge.dataset.to)] === "is-waiting");
      output.textContent = `${hour} h`;
      const count = states.filter((state) => state === "is-out").length;
      status.textContent = box.dataset.told.replace("{hour}", hour).replace("{count}", count);
    }

    function showAll() {
      stop();
      for (const { element } of nodes) element.classList.remove("is-waiting", "is-back");
      for (const edge of edges) edge.classList.remove("is-off");
      slider.value = slider.max;
      output.textContent = "";
      status.textContent = "";
    }

    const play = box.querySelector("[data-do=play]");
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
      show(Number(slider.value));
      label.textContent = play.dataset.stop;
      timer = setInterval(() => {
        slider.value = Number(slider.value) + step;
        show(Number(slider.value));
        if (Number(slider.value) >= Number(slider.max)) stop();
      }, 250);
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
    const acts = { play: () => (timer ? stop() : start()), all: showAll, in: () => scale(1.25), out: () => scale(0.8) };
    box.addEventListener("click", (event) => acts[event.target.closest("[data-do]")?.dataset.do]?.());
    svg.addEventListener("pointerover", (event) => light(event.target.closest("[data-node]")));
    svg.addEventListener("focusin", (event) => light(event.target.closest("[data-node]")));
    svg.addEventListener("pointerleave", () => light(null));
    box.querySelector("[data-tools]").hidden = false;
  });
})();
