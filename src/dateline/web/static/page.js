// What plain pages cannot do by themselves: keys, marks and cards in step, a text file into the form.
"use strict";

const text = document.querySelector(".text");
const marksOf = (key) => (text ? text.querySelectorAll(`.m[data-f~="${CSS.escape(key)}"]`) : []);

function light(key) {
  if (!text) return;
  for (const mark of text.querySelectorAll(".m.lit")) mark.classList.remove("lit");
  for (const mark of key ? marksOf(key) : []) mark.classList.add("lit");
}

function openCard(key, scroll) {
  const card = document.getElementById(key);
  if (!card || !card.classList.contains("card")) return;
  card.open = true;
  light(key);
  if (scroll) card.scrollIntoView({ block: "nearest" });
}

function follow() {
  const key = decodeURIComponent(location.hash.slice(1));
  openCard(key, true);
  const mark = marksOf(key)[0];
  if (mark) mark.scrollIntoView({ block: "center" });
}

if (text) {
  text.addEventListener("click", (event) => {
    const mark = event.target.closest(".m");
    if (!mark) return;
    event.preventDefault();
    const keys = mark.dataset.f.split(" ");
    // A second click on the same words goes to the next fact that stands there.
    const open = keys.findIndex((key) => document.getElementById(key)?.open);
    const key = keys[(open + 1) % keys.length];
    history.replaceState(null, "", `#${key}`);
    openCard(key, true);
  });
  for (const card of document.querySelectorAll(".card")) {
    card.addEventListener("toggle", () => {
      if (!card.open) return;
      light(card.id);
      const mark = marksOf(card.id)[0];
      const box = mark?.getBoundingClientRect();
      if (box && (box.top < 0 || box.bottom > innerHeight)) mark.scrollIntoView({ block: "center" });
    });
    card.addEventListener("mouseenter", () => light(card.id));
  }
  addEventListener("hashchange", follow);
  if (location.hash) follow();
}

function step(by) {
  const all = [...document.querySelectorAll(".card > summary")].filter((item) => item.offsetParent);
  if (!all.length) return;
  const at = all.indexOf(document.activeElement);
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length];
  next.focus();
  openCard(next.parentElement.id, true);
}

// A button or link that names a key of its own.
const keyed = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]`);

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const layers = document.querySelectorAll(".layers input");
  if (event.key === "/" && document.getElementById("q")) {
    event.preventDefault();
    document.getElementById("q").focus();
  } else if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
  else if (keyed(event.key)) keyed(event.key).click();
  else if (event.key >= "1" && event.key <= "6" && layers[event.key - 1]) layers[event.key - 1].click();
});

document.getElementById("file")?.addEventListener("change", async (event) => {
  const file = event.target.files[0];
  if (!file) return;
  if (file.size > 240000) event.target.setCustomValidity("This file is too long for a page.");
  else {
    event.target.setCustomValidity("");
    document.getElementById("text").value = await file.text();
  }
  event.target.reportValidity();
});

// Completion in the query: names of fields, and the values of those that have a list of them.
const query = document.querySelector(".ask #q");
const known = [...document.querySelectorAll("#fields dt")].map((item) => ({
  name: item.dataset.field,
  values: item.dataset.values.split(" ").filter(Boolean),
  says: item.nextElementSibling.firstChild.textContent.trim(),
}));
let offers = [];
let chosen = -1;
const list = document.createElement("ul");

function offered(word) {
  const [, name, , begun] = /^-?([a-z_]+)(:)(?:.*[|,])?([^|,"]*)$/i.exec(word) || [];
  if (name) {
    const field = known.find((item) => item.name === name.toLowerCase());
    return (field?.values || [])
      .filter((value) => value.toLowerCase().startsWith(begun.toLowerCase()) && value !== begun)
      .map((value) => ({ insert: value, length: begun.length, label: value, says: "" }));
  }
  const bare = word.replace(/^-/, "");
  if (!/^[a-z_]+$/i.test(bare)) return [];
  return known
    .filter((item) => item.name.startsWith(bare.toLowerCase()))
    .map((item) => ({ insert: `${item.name}:`, length: bare.length, label: `${item.name}:`, says: item.says }));
}

function offer() {
  const before = query.value.slice(0, query.selectionStart);
  const inQuotes = (before.match(/"/g) || []).length % 2;
  const word = inQuotes ? "" : before.split(/\s/).pop();
  offers = word ? offered(word).slice(0, 12) : [];
  chosen = -1;
  draw();
}

function draw() {
  list.replaceChildren(
    ...offers.map((item, at) => {
      const line = document.createElement("li");
      line.id = `offer-${at}`;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", String(at === chosen));
      const label = document.createElement("code");
      label.textContent = item.label;
      const says = document.createElement("span");
      says.textContent = item.says;
      line.append(label, says);
      line.addEventListener("mousedown", (event) => {
        event.preventDefault();
        take(at);
      });
      return line;
    }),
  );
  list.hidden = !offers.length;
  query.setAttribute("aria-expanded", String(offers.length > 0));
  if (chosen >= 0) {
    query.setAttribute("aria-activedescendant", `offer-${chosen}`);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  } else query.removeAttribute("aria-activedescendant");
}

function take(at) {
  const { insert, length } = offers[at];
  const end = query.selectionStart;
  query.setRangeText(insert, end - length, end, "end");
  query.focus();
  offer();
}

if (query && known.length) {
  list.className = "offers";
  list.id = "offers";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Completions");
  query.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", "offers"], ["aria-expanded", "false"]])
    query.setAttribute(name, value);
  query.addEventListener("input", offer);
  query.addEventListener("blur", () => {
    offers = [];
    draw();
  });
  query.addEventListener("keydown", (event) => {
    if (!offers.length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + offers.length + (chosen < 0 && event.key === "ArrowUp" ? 1 : 0)) % offers.length;
      draw();
    } else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) take(chosen);
    else if (event.key === "Escape") {
      offers = [];
      draw();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  });
}
