// The field for the place: a combobox over the reference's places. Arrows, Enter and Escape work as in any list; without a line it
// searches the person's own places, which the last visit left here.
"use strict";
window.PlaceField = class {
  constructor(store, texts) {
    this.store = store;
    this.texts = texts;
    this.input = document.getElementById("place");
    this.code = document.getElementById("place-code");
    this.list = document.getElementById("places");
    this.chosen = -1;
    this.asked = 0;
    this.input.addEventListener("input", () => { this.code.value = ""; this.soon(); });
    this.input.addEventListener("focus", () => { if (!this.code.value) this.soon(); });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => { this.settle(); setTimeout(() => this.close(), 150); });
    this.list.addEventListener("pointerdown", (event) => {
      const option = event.target.closest("[role=option]");
      if (option?.dataset.code) { event.preventDefault(); this.take(option); }
    });
    this.ask("", 300).then((places) => this.store.write("places", places)).catch(() => {});
  }

  get isOpenQuestion() { return this.input.value.trim() !== "" && this.code.value === ""; }

  set(code, label) { this.code.value = code ?? ""; this.input.value = label ?? ""; this.close(); }

  async ask(query, limit) {
    const answer = await fetch(`/v1/places?q=${encodeURIComponent(query)}&limit=${limit}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).places;
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(), 120);
  }

  async search() {
    const query = this.input.value.trim();
    const turn = ++this.asked;
    let found;
    try { found = await this.ask(query, 20); } catch {
      const words = query.toLowerCase().split(/\s+/).filter(Boolean);
      found = this.store.read("places", []).filter((place) =>
        words.every((word) => place.full.toLowerCase().includes(word) || place.code.startsWith(word))).slice(0, 20);
    }
    if (turn === this.asked && document.activeElement === this.input) { this.shown = query; this.show(found); }
  }

  show(places) {
    this.list.replaceChildren(...places.map((place, index) => {
      const option = document.createElement("li");
      option.id = `place-${index}`;
      option.setAttribute("role", "option");
      option.dataset.code = place.code;
      option.dataset.label = place.full;
      const kind = document.createElement("span");
      kind.className = "small muted";
      kind.textContent = ` ${place.kind} ${place.code}${place.own ? ` · ${this.texts.ownPlace}` : ""}`;
      option.append(place.full, kind);
      return option;
    }));
    if (places.length === 0) {
      const none = document.createElement("li");
      none.className = "small muted";
      none.textContent = this.texts.noPlace;
      this.list.append(none);
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(-1);
  }

  options() { return [...this.list.querySelectorAll("[role=option]")]; }

  mark(index) {
    this.chosen = index;
    this.options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = this.options()[index];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const count = this.options().length;
    if (event.key === "Escape") return this.close();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) return this.search();
      if (count) this.mark(event.key === "ArrowDown" ? (this.chosen + 1) % count : (Math.max(this.chosen, 0) + count - 1) % count);
    } else if (event.key === "Enter" && !this.list.hidden) {
      event.preventDefault();
      const option = this.options()[Math.max(this.chosen, 0)];
      if (option) this.take(option);
    }
  }

  // A name that only one of the places found ends with needs no choosing.
  settle() {
    const typed = this.input.value.trim();
    if (!typed || this.code.value || typed !== this.shown) return;
    const named = this.options().filter((option) => option.dataset.label.endsWith(typed));
    if (named.length === 1) this.take(named[0]);
  }

  take(option) {
    this.set(option.dataset.code, option.dataset.label);
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
};
