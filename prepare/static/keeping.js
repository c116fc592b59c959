// Keeps what is typed on the server, a few seconds after the typing stops. A form without this script is as good.
(() => {
  "use strict";
  const PAUSE_MS = 2500; // after the last key
  const LONGEST_MS = 8000; // while the typing goes on
  const RETRY_MS = 5000;

  for (const told of document.querySelectorAll("[data-draft]")) keep(told, told.closest("form"));

  function keep(told, form) {
    let timer, underway, changedAt = 0, last = words();

    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      underway?.abort();
    });
    window.addEventListener("online", () => send());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") send();
    });

    function words() {
      return new URLSearchParams(new FormData(form)).toString();
    }

    function changed() {
      changedAt ||= Date.now();
      later(Math.max(0, Math.min(PAUSE_MS, changedAt + LONGEST_MS - Date.now())));
    }

    function later(wait) {
      clearTimeout(timer);
      timer = setTimeout(send, wait);
    }

    async function send() {
      clearTimeout(timer);
      const typed = words();
      if (typed === last || form.dataset.sent) return;
      if (underway) return later(PAUSE_MS);
      underway = new AbortController();
      try {
        const answer = await fetch(`${told.dataset.draft}?of=${encodeURIComponent(location.pathname)}`, {
          method: "POST",
          body: typed,
          headers: { "Content-Type": "application/x-www-form-urlencoded" },
          keepalive: typed.length < 60000,
          signal: underway.signal,
        });
        if (answer.ok) tell((await answer.json()).told);
        else if (answer.status === 401 || answer.status === 400) ended(await answer.text());
        else if (answer.status >= 500 || answer.status === 429) throw new TypeError(answer.statusText);
        last = typed;
        changedAt = 0;
      } catch (problem) {
        if (problem.name !== "AbortError") {
          tell(told.dataset.unreachable);
          later(RETRY_MS);
        }
      } finally {
        underway = undefined;
      }
    }

    function tell(text) {
      told.textContent = text;
    }

    // The session has ended: the server has put the text aside and says where it is found after signing in.
    function ended(page) {
      const answer = new DOMParser().parseFromString(page, "text/html");
      const next = answer.querySelector("main input[name=next]")?.value;
      const onward = answer.querySelector("a[href*='kept=']")?.getAttribute("href");
      const link = document.createElement("a");
      link.href = onward || `/sign-in?next=${encodeURIComponent(next || location.pathname)}`;
      link.textContent = told.dataset.onward;
      told.replaceChildren(`${told.dataset.ended} `, link);
    }
  }
})();
