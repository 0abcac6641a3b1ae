/* The desk's keys, countdowns and counts. Words come from the page, never from here. */
(() => {
  "use strict";
  const OFF = "deskKeysOff";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* Keys stay out of whatever takes text, and out of the browser's own combinations. */
  const typing = (event) =>
    event.ctrlKey || event.metaKey || event.altKey ||
    event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open]");

  const rows = () => all("#result_list tr.data-row, #result_list tbody > tr").filter((row) => one("[data-row-link]", row));
  let at = -1;

  function focusRow(step) {
    const list = rows();
    if (!list.length) return;
    at = Math.max(0, Math.min(list.length - 1, at + step));
    list.forEach((row, place) => {
      row.classList.toggle("desk-focus", place === at);
      row.toggleAttribute("aria-selected", place === at);
    });
    list[at].scrollIntoView({ block: "nearest" });
    one("[data-row-link]", list[at]).focus({ preventScroll: true });
  }

  function take() {
    const button = one(".desk-case [data-verb=take]");
    if (button) { button.closest("form").requestSubmit(); return; }
    const row = rows()[at];
    const link = row && one("[data-row-link]", row);
    const token = one("[name=csrfmiddlewaretoken]");
    if (!link || !token) return;
    const form = document.createElement("form");
    form.method = "post";
    form.action = new URL(`../do/take/`, new URL(link.getAttribute("href"), location.href)).href;
    for (const [name, value] of [["csrfmiddlewaretoken", token.value], ["version", link.dataset.version]]) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      form.append(field);
    }
    document.body.append(form);
    form.requestSubmit();
  }

  function select() {
    const row = rows()[at];
    const box = row && one("input.action-select", row);
    if (box) box.click();
  }

  const keys = {
    j: () => focusRow(1),
    k: () => focusRow(-1),
    x: select,
    1: take,
    u: () => { const back = one("[data-queue-link]"); if (back && one(".desk-case")) back.click(); },
    "/": () => { const search = one("#searchbar"); if (search) search.focus(); },
    "?": () => { const help = one("#desk-keys"); if (help) help.showModal(); },
  };

  function onKey(event) {
    if (typing(event) || localStorage.getItem(OFF) === "1" && event.key !== "?") return;
    const press = keys[event.key];
    if (!press) return;
    event.preventDefault();
    press();
  }

  /* The server renders the words; the page reloads them when a minute's worth has changed. */
  function tick() {
    for (const time of all("[data-left]")) {
      const minutes = Math.floor(Math.abs(new Date(time.dateTime) - Date.now()) / 60000);
      const parts = time.textContent.match(/\d+/g);
      if (!parts || minutes >= 14400) continue;
      const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
      const now = days ? [days, hours] : hours ? [hours, rest] : [rest];
      if (parts.length !== now.length) continue;
      let place = 0;
      const text = time.textContent.replace(/\d+/g, () => now[place++]);
      if (text !== time.textContent) time.textContent = text;
    }
  }

  /* Instants in the reader's own zone: the page's language, the machine's clock. */
  function localise() {
    const language = document.documentElement.lang || undefined;
    for (const time of all("[data-local]")) {
      const at = new Date(time.dateTime);
      if (Number.isNaN(at.getTime())) continue;
      time.title = time.textContent;
      time.textContent = at.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
    }
  }

  async function count() {
    const tabs = one("[data-counts]");
    if (!tabs) return;
    const answer = await fetch(tabs.dataset.counts, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    for (const [code, number] of Object.entries(await answer.json())) {
      const mark = one(`[data-count="${code}"]`, tabs);
      if (!mark || !number) continue;
      mark.textContent = number > 99 ? "99+" : number;
      mark.classList.toggle("desk-count-late", code === "late");
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.addEventListener("keydown", onKey);
    const off = one("[data-keys-off]");
    if (off) {
      off.checked = localStorage.getItem(OFF) === "1";
      off.addEventListener("change", () => localStorage.setItem(OFF, off.checked ? "1" : "0"));
    }
    for (const form of all("[data-verb-form], .desk-inline")) {
      form.addEventListener("submit", () => {
        /* One press, one request: a double click must not race itself. */
        for (const button of all("button", form)) setTimeout(() => { button.disabled = true; });
      });
    }
    localise();
    tick();
    setInterval(tick, 30000);
    count();
  });
})();
