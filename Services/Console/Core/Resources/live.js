// Keeps the page fresh: when the console says that something changed, the page is asked for again and the parts of it that differ
// are put in place, but none in which somebody is at work. Without it the page works as well and is as old as its load.
"use strict";
(() => {
  // Who signs out leaves no page and no unfinished report behind; what was handed in but not sent stays until it is sent.
  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") !== "/logout") return;
    window.caches?.delete("caseloop-report");
    for (const key of Object.keys(localStorage)) if (/^caseloop\.report\.(draft|sent)\./.test(key)) localStorage.removeItem(key);
  });
  const parts = () => [...document.querySelectorAll("[data-part]")];
  if (parts().length === 0) return;
  const pause = 1500;
  const poll = 10000;
  let waiting = null;
  let last = Date.now();
  let source = null;

  // A form that is open, begun or in use stays as it is.
  const isBusy = (part) =>
    part.querySelector("details[open]") !== null ||
    [...part.querySelectorAll("input:not([type=hidden]), textarea, select")].some((field) =>
      field === document.activeElement || (field.type === "checkbox" ? field.checked !== field.defaultChecked
        : field.tagName === "SELECT" ? [...field.options].some((one) => one.selected !== one.defaultSelected) && field.selectedIndex > 0
          : field.value !== field.defaultValue));

  // Keys of commands are new with every load and no difference.
  const content = (part) => part.innerHTML.replace(/name="key" value="[^"]*"/g, "");

  const put = (part, fresh) => {
    const active = part.contains(document.activeElement) ? document.activeElement : null;
    const way = active?.getAttribute("href");
    const name = active?.closest("form")?.getAttribute("action");
    part.innerHTML = fresh.innerHTML;
    if (!active) return;
    const again = way ? part.querySelector(`a[href="${CSS.escape(way)}"]`) : name ? part.querySelector(`form[action="${CSS.escape(name)}"] button`) : null;
    (again ?? part.querySelector("a, button, summary"))?.focus({ preventScroll: true });
  };

  const refresh = async () => {
    waiting = null;
    if (document.visibilityState === "hidden") return;
    last = Date.now();
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.redirected) return location.reload();
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of parts()) {
        const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
        if (fresh && content(fresh) !== content(part) && !isBusy(part)) put(part, fresh);
      }
    } catch { /* offline: the next event, or the next turn, asks again */ }
  };
  const ask = () => { waiting ??= setTimeout(refresh, Math.max(0, pause - (Date.now() - last))); };

  if (window.EventSource) {
    source = new EventSource("/v1/live");
    let isFirst = true;
    // The first event only says where the stream begins; after a lost line it says that something may have been missed.
    source.addEventListener("changed", () => { if (!isFirst) ask(); isFirst = false; });
    source.addEventListener("missed", ask);
  }
  // The age of the data is shown, so it is asked for now and then in any case; often where there is no stream.
  setInterval(() => { if (!source || source.readyState !== 1 || Date.now() - last > 3 * poll) ask(); }, poll);
  document.addEventListener("visibilitychange", () => { if (Date.now() - last > poll) ask(); });
})();
