// Refreshes the counts of the page when the read model changed. Without it the page works as well and is as old as its load.
"use strict";
(() => {
  const places = document.querySelectorAll("[data-live]");
  const isOverview = [...places].some((place) => place.dataset.live !== "asOf");
  if (!isOverview || !window.EventSource) return;
  let waiting = null;
  let last = 0;

  const refresh = async () => {
    waiting = null;
    last = Date.now();
    try {
      const answer = await fetch("/v1/overview", { headers: { Accept: "application/json" } });
      if (answer.status === 401) return location.reload();
      if (!answer.ok) return;
      const texts = (await answer.json()).texts;
      for (const place of places) {
        const text = texts[place.dataset.live];
        if (text !== undefined && place.textContent !== text) place.textContent = text;
      }
    } catch { /* offline: the next event or reconnection asks again */ }
  };
  const ask = () => {
    if (waiting === null) waiting = setTimeout(refresh, Math.max(0, 1000 - (Date.now() - last)));
  };

  const source = new EventSource("/live");
  source.addEventListener("changed", ask);
  source.addEventListener("missed", ask);
  source.addEventListener("open", ask);
  setInterval(ask, 10000);
})();
