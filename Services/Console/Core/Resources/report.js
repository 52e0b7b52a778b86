// The report form. What is handed in is first kept here under a key of its own, then sent to Intake until Intake has it: a report
// that was taken though its answer was lost is the same report to Intake when it comes again (design.md §3).
"use strict";
(() => {
  const root = document.getElementById("report");
  const form = document.getElementById("report-form");
  const texts = JSON.parse(root.dataset.texts);
  const intake = root.dataset.intake;
  const store = new ReportStore(root.dataset.who);
  const at = (id) => document.getElementById(id);
  const say = (name, values = {}) => texts[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
  const place = new PlaceField(store, texts);
  const status = at("report-status");
  let retry = null;
  let wait = 0;
  let isSending = false;

  const tell = (text, kind = "") => {
    status.textContent = text;
    status.className = `notice ${kind}`;
    status.hidden = text === "";
  };

  // The form

  const fields = () => Object.fromEntries([...form.elements].filter((one) => one.name && one.name !== "place").map((one) => [one.name, one.value]));
  const remember = () => store.write("draft", { fields: fields(), place: place.code.value, label: place.input.value });
  const restore = (draft) => {
    for (const [name, value] of Object.entries(draft.fields)) {
      const field = form.elements.namedItem(name);
      if (field && value) field.value = value;
    }
    place.set(draft.place, draft.label);
  };
  const isEmpty = () => !form.elements.namedItem("text").value && !place.input.value;

  const clearFaults = () => {
    for (const one of form.querySelectorAll(".fault")) { one.hidden = true; one.textContent = ""; }
    for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
  };
  const showFaults = (faults) => {
    clearFaults();
    let first = null;
    for (const fault of faults) {
      const id = (fault.field ?? "").replace(/\[\d+\]$/, "").replaceAll(".", "-");
      const line = at(`fault-${id}`);
      if (!line) continue;
      line.textContent = fault.text;
      line.hidden = false;
      at(id)?.setAttribute("aria-invalid", "true");
      first ??= at(id);
    }
    first?.focus();
    return first !== null;
  };

  const check = (photos) => {
    const faults = [];
    if (!form.elements.namedItem("text").value.trim()) faults.push({ field: "text", text: texts.emptyText });
    if (place.isOpenQuestion) faults.push({ field: "place", text: texts.pickPlace });
    if (photos.length > 9 || photos.some((photo) => photo.size > 8 << 20)) faults.push({ field: "photos", text: texts.manyPhotos });
    return faults;
  };

  const body = () => {
    const values = fields();
    const given = (name) => values[name]?.trim() || undefined;
    const moment = given("occurredAt");
    const contact = { name: given("contact.name"), phone: given("contact.phone") };
    return {
      source: values.source, occurredAt: moment ? `${moment}:00+08:00` : new Date().toISOString(), text: given("text"), title: given("title"),
      place: place.code.value || undefined, address: given("address"), contact: contact.name || contact.phone ? contact : undefined,
    };
  };

  const handIn = async () => {
    const photos = [...at("photos").files];
    const faults = check(photos);
    showFaults(faults);
    if (faults.length) return tell(say("faults", { count: faults.length }), "refused");
    const one = { key: ReportStore.newKey(), body: body(), draft: { fields: fields(), place: place.code.value, label: place.input.value }, photos: photos.length, hashes: [] };
    try {
      for (const [number, photo] of photos.entries()) await store.putPhoto(one.key, number, photo);
    } catch { return showFaults([{ field: "photos", text: texts.notKept }]); }
    store.write("queue", [...store.read("queue", []), one]);
    store.write("draft", null);
    form.reset();
    place.set("", "");
    tell(store.kept ? texts.sending : texts.notKept, store.kept ? "" : "warn");
    draw();
    deliver(one.key);
  };

  // The way to Intake

  // Nothing heard, or told to come again: the same thing will be sent later.
  class Later extends Error {
    constructor(seconds, isAway) { super(); this.seconds = seconds; this.isAway = isAway; }
  }

  const ask = async (method, path, type, content) => {
    let answer;
    try {
      answer = await fetch(intake + path, { method, credentials: "include", headers: { "Content-Type": type, Accept: "application/json" }, body: content });
    } catch { throw new Later(0, true); }
    if (answer.status === 429 || answer.status >= 500) throw new Later(Number(answer.headers.get("Retry-After")) || 5, false);
    let told = {};
    try { told = await answer.json(); } catch { if (answer.ok) throw new Later(0, true); }
    return { status: answer.status, isTaken: answer.ok, told };
  };

  const send = async (one) => {
    for (let number = one.hashes.length; number < one.photos; number++) {
      const photo = await store.photo(one.key, number);
      if (!photo) { one.photos = number; break; }
      const kept = await ask("PUT", "/v1/photos", photo.type || "application/octet-stream", photo);
      if (!kept.isTaken) return kept;
      one.hashes.push(kept.told.hash);
      replace(one);
    }
    const report = { ...one.body, sourceKey: one.key };
    if (one.hashes.length) report.photos = one.hashes;
    return ask("POST", "/v1/reports", "application/json", JSON.stringify(report));
  };

  const replace = (one, by = one) => {
    const queue = store.read("queue", []);
    store.write("queue", queue.flatMap((other) => (other.key === one.key ? (by ? [by] : []) : [other])));
  };

  const settle = (one, answer, isFresh) => {
    const { told } = answer;
    if (answer.isTaken) {
      replace(one, null);
      store.dropPhotos(one.key).catch(() => {});
      store.write("sent", [{ receipt: told.receipt, id: told.reportId }, ...store.read("sent", [])].slice(0, 5));
      tell(say("taken", { receipt: told.receipt }), "done");
      return follow(told.reportId, 0);
    }
    const faults = (told.faults ?? [{ field: told.field, detail: told.detail, fix: told.fix }])
      .map((fault) => ({ field: fault.field, text: [fault.detail, fault.fix].filter(Boolean).join(" ") }));
    one.fault = [told.detail, told.fix].filter(Boolean).join(" ") || String(answer.status);
    tell(say("refused", { text: one.fault }), "refused");
    replace(one);
    if (isFresh && isEmpty()) { takeBack(one); showFaults(faults); }
  };

  const deliver = async (fresh = null) => {
    if (isSending) return;
    isSending = true;
    clearTimeout(retry);
    let pause = null;
    for (const one of store.read("queue", []).filter((one) => !one.fault)) {
      try {
        const answer = await send(one);
        if (answer.status === 401) { pause = new Later(30, false); pause.login = true; break; }
        settle(one, answer, one.key === fresh);
        wait = 0;
      } catch (error) {
        // What the browser itself cannot do now is tried again, too: a report never waits for good.
        pause = error instanceof Later ? error : new Later(30, false);
        break;
      } finally { draw(); }
    }
    isSending = false;
    draw(pause);
    if (!pause) { if (store.read("queue", []).some((one) => !one.fault)) deliver(); return; }
    wait = Math.min(60, Math.max(pause.seconds, wait ? wait * 2 : 3));
    retry = setTimeout(deliver, wait * 1000);
  };

  // What waits and what was taken

  const takeBack = (one) => {
    replace(one, null);
    store.dropPhotos(one.key).catch(() => {});
    restore(one.draft);
    remember();
    draw();
  };

  const line = (...parts) => {
    const item = document.createElement("li");
    item.append(...parts);
    return item;
  };
  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  };
  const link = (href, text) => Object.assign(document.createElement("a"), { href, textContent: text });

  const draw = (pause = null) => {
    const queue = store.read("queue", []);
    const waiting = queue.filter((one) => !one.fault);
    at("unsent").replaceChildren(...queue.map((one) => {
      const shown = line((one.body.title ?? one.body.text).slice(0, 40));
      if (one.fault) shown.append(Object.assign(document.createElement("p"), { className: "fault", textContent: one.fault }), button(texts.edit, () => takeBack(one)));
      return shown;
    }));
    const note = at("unsent-status");
    const isTold = waiting.length > 0 && !isSending;
    note.hidden = !isTold;
    if (isTold) {
      note.replaceChildren(pause?.login ? link("/login?next=/report", say("login", { count: waiting.length })) : say("unsent", { count: waiting.length }));
      if (pause && !pause.isAway && !pause.login) note.append(` · ${say("busy", { seconds: pause.seconds })}`);
      if (status.textContent === texts.sending) tell("");
    }
    at("unsent-none").hidden = queue.length > 0;
    at("unsent-more").hidden = queue.length === 0;
    const sent = store.read("sent", []);
    at("sent-none").hidden = sent.length > 0;
    at("sent").replaceChildren(...sent.map((one) => {
      const shown = line(say("receipt", { receipt: one.receipt }), document.createElement("br"));
      shown.append(one.number ? link(`/cases/${one.number}`, say("openCase", { number: one.number })) : texts.waitCase);
      return shown;
    }));
  };

  // The case that the report went to, once the console has seen it.
  const follow = async (id, turn) => {
    try {
      const answer = await fetch(`/v1/appeals/${id}`, { headers: { Accept: "application/json" } });
      const { number } = answer.ok ? await answer.json() : {};
      if (number) {
        store.write("sent", store.read("sent", []).map((one) => (one.id === id ? { ...one, number } : one)));
        return draw();
      }
    } catch { /* the line is away: a later visit asks again */ }
    if (turn < 30) setTimeout(() => follow(id, turn + 1), Math.min(1000 * (turn + 1), 10000));
  };

  form.addEventListener("submit", (event) => { event.preventDefault(); handIn(); });
  form.addEventListener("input", remember);
  form.addEventListener("change", remember);
  form.addEventListener("reset", () => { clearFaults(); tell(""); place.set("", ""); store.write("draft", null); });
  at("unsent-send").addEventListener("click", () => deliver());
  window.addEventListener("online", () => { wait = 0; deliver(); });
  const draft = store.read("draft", null);
  if (draft) { restore(draft); if (!isEmpty()) tell(texts.draft); }
  draw();
  deliver();
  for (const one of store.read("sent", [])) if (!one.number) follow(one.id, 0);
  navigator.serviceWorker?.register("/report-worker.js", { scope: "/report" }).catch(() => {});
})();
