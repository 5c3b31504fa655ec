// Pieces of the document. Whatever is put into them becomes text.

import { plain } from "/sql.js";

export const $ = (id) => document.getElementById(id);

export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  made.className = className;
  for (const child of children) {
    if (child instanceof Node) {
      made.append(child);
    } else {
      plain(made, String(child ?? ""));
    }
  }
  return made;
}

export function when(instant) {
  return instant ? new Date(instant).toLocaleString() : "";
}

export function countdown(hold) {
  const made = element("span", "left");
  made.dataset.expires = hold.code;
  return made;
}

export function box(title, lines, className) {
  return element("div", "box " + (className ?? ""), element("h2", "", title), ...lines.map((line) => element("div", "", line)));
}

export function facts(pairs) {
  const made = element("dl", "");
  for (const [name, value] of pairs.filter((pair) => pair[1])) {
    made.append(element("dt", "", name), element("dd", "", value));
  }
  return made;
}

export function span(seconds) {
  const pad = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = pad(Math.floor(seconds / 60) % 60) + ":" + pad(seconds % 60);
  return hours ? hours + ":" + rest : rest;
}

export function stateClass(hold) {
  return ["approved", "rejected", "break_glass"].includes(hold.state) ? hold.state : "other";
}

export function field(made, id, label) {
  made.id = id;
  made.maxLength = 500;
  const name = element("label", "", label);
  name.htmlFor = id;
  return [name, made];
}
