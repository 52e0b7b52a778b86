// What the report form keeps in this browser, for one person: the draft, the unsent reports, the last receipts; photos of unsent
// reports lie in IndexedDB, which takes what localStorage is too small for.
"use strict";
window.ReportStore = class {
  constructor(who) {
    this.who = who;
    this.memory = {};
    this.kept = true;
  }

  read(name, otherwise) {
    const key = `caseloop.report.${name}.${this.who}`;
    try {
      const text = localStorage.getItem(key);
      if (text !== null) return JSON.parse(text);
    } catch { /* no storage here: what this page holds counts */ }
    return this.memory[key] ?? otherwise;
  }

  write(name, value) {
    const key = `caseloop.report.${name}.${this.who}`;
    this.memory[key] = value;
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
    } catch { this.kept = false; }
  }

  // Letters only: a run of digits might look like somebody's telephone number, which no key may hold.
  static newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return "web-" + [...bytes].map((byte) => String.fromCharCode(97 + (byte >> 4), 97 + (byte & 15))).join("");
  }

  photos(work) {
    return new Promise((resolve, reject) => {
      const open = indexedDB.open("caseloop-report", 1);
      open.onupgradeneeded = () => open.result.createObjectStore("photos");
      open.onerror = () => reject(open.error);
      open.onsuccess = () => {
        const change = open.result.transaction("photos", "readwrite");
        const request = work(change.objectStore("photos"));
        change.oncomplete = () => { open.result.close(); resolve(request?.result); };
        change.onerror = change.onabort = () => { open.result.close(); reject(change.error); };
      };
    });
  }

  putPhoto(key, number, blob) { return this.photos((all) => all.put(blob, `${key}/${number}`)); }
  photo(key, number) { return this.photos((all) => all.get(`${key}/${number}`)); }
  dropPhotos(key) { return this.photos((all) => all.delete(IDBKeyRange.bound(`${key}/`, `${key}/~`))); }
};
