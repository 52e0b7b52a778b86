// Keeps the report form at hand, so that it opens without a line. Nothing else of the console is kept: numbers must be fresh.
"use strict";
const KEPT = "caseloop-report";
const FILES = ["/base.css", "/static/console.css", "/static/live.js", "/static/report-store.js", "/static/report-places.js", "/static/report.js"];

const keep = async (request, answer) => {
  // A page that sends to the login is not the form.
  if (answer.ok && !answer.redirected && answer.type === "basic") await (await caches.open(KEPT)).put(request, answer.clone());
  return answer;
};

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(Promise.all(["/report", ...FILES].map(async (path) => keep(path, await fetch(path, { cache: "no-cache" })))));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const isOurs = url.origin === location.origin && (url.pathname === "/report" || FILES.includes(url.pathname));
  if (event.request.method !== "GET" || !isOurs) return;
  event.respondWith(
    fetch(event.request).then((answer) => keep(url.pathname, answer)).catch(async () => (await caches.match(url.pathname)) ?? Response.error()));
});
