// What the browser adds to pages that already work without it: keys, a theme without a reload,
// drafts on this device, menus that close. No page needs this file. Its words come from the page.
(function () {
  "use strict";
  const root = document.documentElement;
  const all = (query, from) => Array.from((from || document).querySelectorAll(query));
  const one = (query, from) => (from || document).querySelector(query);

  // A device that keeps nothing (private windows, full disks) must not break a page.
  function keep(name, value) {
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch (refused) {
      return false;
    }
    return true;
  }
  function kept(name) {
    try {
      return localStorage.getItem(name);
    } catch (refused) {
      return null;
    }
  }
  function say(text) {
    const live = one("#live");
    if (live && text) live.textContent = text;
  }

  // Theme: the same cookie the settings form sets, so the next page comes in it.
  function isDark() {
    const chosen = root.getAttribute("data-theme");
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  function turnTheme() {
    const theme = isDark() ? "light" : "dark";
    root.setAttribute("data-theme", theme);
    document.cookie = "theme=" + theme + "; path=/; max-age=31536000; samesite=lax";
  }

  // Rows: J and K walk them, Enter opens, X selects, R reminds, arrows open and close a goal.
  let row = null;
  function walk(step) {
    const rows = all("[data-row]").filter((r) => r.offsetParent !== null);
    if (!rows.length) return;
    const at = rows.indexOf(row);
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step;
    if (next < 0 || next >= rows.length) return;
    if (row) row.removeAttribute("aria-selected");
    row = rows[next];
    row.setAttribute("aria-selected", "true");
    row.tabIndex = -1;
    row.focus();
  }
  function inRow(query) {
    const found = row && one(query, row);
    if (found) found.click();
    return Boolean(found);
  }
  const LETTERS = {
    j: () => walk(1),
    k: () => walk(-1),
    x: () => inRow("[data-pick]"),
    r: () => inRow("[data-remind]"),
    "?": showKeys,
    "/": () => one("[data-key=search]") && one("[data-key=search]").focus(),
  };
  function onKey(event) {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      const search = one("[data-key=search]");
      if (!search) return;
      event.preventDefault();
      search.focus();
      search.select();
      return;
    }
    if (event.key === "Escape") return escape();
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && event.target === row) return void inRow("a.t");
    const opened = row && row.getAttribute("aria-expanded");
    if (event.key === "ArrowRight" && opened === "false") return void inRow("[data-toggle]");
    if (event.key === "ArrowLeft" && opened === "true") return void inRow("[data-toggle]");
    const act = kept("keys") === "off" && event.key !== "?" ? null : LETTERS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
  function escape() {
    all("details.drop[open]").forEach((menu) => {
      menu.open = false;
      one("summary", menu).focus();
    });
    const keys = one(".keys-b");
    if (keys) keys.remove();
    const card = one(".pop");
    if (card) card.remove();
    const panel = one("[data-panel-close]");
    if (panel) panel.click();
    if (row) row.focus();
  }
  function showKeys() {
    const shown = one(".keys-b");
    if (shown) return shown.remove();
    const told = one("#keys");
    if (!told) return;
    document.body.appendChild(told.content.cloneNode(true));
    nameSwitch();
    one(".keys-b").focus();
  }
  function nameSwitch() {
    const button = one("[data-act=keys]");
    if (button) button.textContent = button.dataset[kept("keys") === "off" ? "on" : "off"];
  }

  // The action bar takes the filter bar's place while rows are selected.
  function pick() {
    const bar = one("[data-bulk]");
    if (!bar) return;
    const n = all("[data-pick]:checked").length;
    const filter = one("[data-filter]");
    bar.hidden = n === 0;
    if (filter) filter.hidden = n > 0;
    const count = one("[data-count]", bar);
    if (count) count.textContent = count.dataset.count.replace("%", n);
    all("[data-pick]").forEach((box) => {
      const line = box.closest("[data-row]");
      if (line) line.classList.toggle("picked", box.checked);
    });
  }
  function pickAll(box) {
    all("[data-pick]").forEach((other) => (other.checked = box.checked));
    pick();
  }

  // Drafts: a form marked data-draft="name" is kept on this device as it is typed. A draft keeps
  // the version it was begun on, so taking it up again still meets the conflict page.
  const isKept = (field) => field.name && !/^(password|file|submit|button)$/.test(field.type);
  function values(form) {
    const fields = Array.from(form.elements).filter(isKept);
    return fields.map((f) => [f.name, f.value, Boolean(f.checked)]);
  }
  function fill(form, saved) {
    const left = saved.slice();
    Array.from(form.elements).filter(isKept).forEach((field) => {
      const at = left.findIndex((entry) => {
        const same = /^(checkbox|radio)$/.test(field.type) ? entry[1] === field.value : true;
        return entry[0] === field.name && same;
      });
      if (at < 0) return;
      const entry = left.splice(at, 1)[0];
      if (/^(checkbox|radio)$/.test(field.type)) field.checked = entry[2];
      else field.value = entry[1];
    });
  }
  function draft(form) {
    const name = "draft:" + form.dataset.draft;
    const begun = JSON.stringify(values(form));
    const state = one("[data-draft-state]", form.ownerDocument);
    let wait = 0;
    const save = () => {
      const now = JSON.stringify(values(form));
      if (now === begun) return;
      const clock = new Date().toTimeString().slice(0, 5);
      if (keep(name, JSON.stringify({ at: clock, values: values(form) })) && state) {
        state.textContent = state.dataset.draftState;
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(save, 400);
    });
    form.addEventListener("submit", () => {
      save();
      keep("sent", name);
    });
    const found = kept(name);
    if (found && !form.hasAttribute("data-refused")) offer(form, name, JSON.parse(found), begun);
  }
  function offer(form, name, saved, begun) {
    const told = one("#draft");
    if (!told || JSON.stringify(saved.values) === begun) return;
    const note = told.content.cloneNode(true).firstElementChild;
    const text = one("[data-text]", note);
    text.textContent = text.dataset.text.replace("%", saved.at);
    one("[data-restore]", note).addEventListener("click", () => {
      fill(form, saved.values);
      note.remove();
    });
    one("[data-drop]", note).addEventListener("click", () => {
      keep(name, null);
      note.remove();
    });
    form.parentNode.insertBefore(note, form);
    say(text.textContent);
  }
  // A draft that was sent is let go once another page than its own form has come back.
  function settle() {
    const name = kept("sent");
    if (!name) return;
    keep("sent", null);
    const refused = all("form[data-draft]").some((f) => "draft:" + f.dataset.draft === name);
    if (!refused && !one("[data-failed]")) keep(name, null);
  }

  // The card of a row opens on hover, focus and tap, and holds what its address gives.
  let wait = 0;
  function card(target) {
    clearTimeout(wait);
    const from = target && target.closest && target.closest("[data-card]");
    if (!from) return;
    wait = setTimeout(async () => {
      const place = one("[data-cards]");
      const answer = place && (await fetch(from.dataset.card, { credentials: "same-origin" }));
      if (!answer || !answer.ok) return;
      all(".pop").forEach((old) => old.remove());
      place.insertAdjacentHTML("beforeend", await answer.text());
      const shown = one(".pop", place);
      if (shown) shown.style.top = from.offsetTop + from.offsetHeight + 10 + "px";
    }, 350);
  }

  function onClick(event) {
    const at = (query) => event.target.closest && event.target.closest(query);
    all("details.drop[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    if (at("[data-act=theme]")) {
      event.preventDefault();
      turnTheme();
    }
    if (at("[data-act=keys]")) {
      keep("keys", kept("keys") === "off" ? null : "off");
      nameSwitch();
    }
    if (at("[data-act=print]")) window.print();
    const copy = at("[data-copy]");
    if (copy && navigator.clipboard) {
      navigator.clipboard.writeText(copy.dataset.copy).then(() => say(copy.dataset.said));
    }
    const step = at("[data-step]");
    if (step) {
      const input = one("input", step.closest(".stepper"));
      input.value = Math.max(0, (Number(input.value) || 0) + Number(step.dataset.step));
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const line = at("[data-row]");
    if (line && line !== row) {
      if (row) row.removeAttribute("aria-selected");
      row = line;
    }
  }
  function onChange(event) {
    const field = event.target;
    if (field.matches("[data-pick]")) pick();
    if (field.matches("[data-pick-all]")) pickAll(field);
    const form = field.form;
    if (form && form.hasAttribute("data-auto")) form.submit();
  }
  // A form is sent once: its button says so, and a second press does nothing.
  function onSubmit(event) {
    const form = event.target;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    all("button[data-busy]", form).forEach((button) => {
      button.setAttribute("aria-busy", "true");
      button.textContent = button.dataset.busy;
    });
    setTimeout(() => delete form.dataset.sent, 8000);
  }
  function online() {
    all("[data-offline]").forEach((strip) => (strip.hidden = navigator.onLine));
  }

  function begin() {
    settle();
    all("form[data-draft]").forEach(draft);
    all("[data-auto] [type=submit]").forEach((button) => (button.hidden = true));
    all(".toast[data-fade]").forEach((toast) => setTimeout(() => toast.remove(), 6000));
    pick();
    online();
    const errors = one("#errors");
    if (errors) errors.focus();
  }
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.addEventListener("change", onChange);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("mouseover", (event) => card(event.target));
  document.addEventListener("focusin", (event) => card(event.target));
  document.addEventListener("htmx:after:swap", (event) => {
    const told = event.target && event.target.querySelector && one("[data-said]", event.target);
    if (told) say(told.dataset.said);
  });
  window.addEventListener("online", online);
  window.addEventListener("offline", online);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
