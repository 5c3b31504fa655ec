// The approver's page: a client of /api/v1. What people wrote reaches the document as text, never as markup.

import { alarm, seen } from "/alarm.js";
import { call, session } from "/api.js";
import { detail, progress } from "/detail.js";
import { $, countdown, element, span, stateClass, when } from "/dom.js";
import { requests, showRequest } from "/requests.js";

const SOON_SECONDS = 60;

const holds = new Map();
let environment = { environment: "", production: false };
let events = null;
let clockAhead = 0;
let view = "waiting";
let found = [];
let picked = null;
let shown = null;

// ---- signing in and out

function door(problem) {
  $("desk").hidden = true;
  $("door").hidden = false;
  for (const id of ["live", "who", "sign-out"]) {
    $(id).hidden = true;
  }
  tell("sign-in-problem", problem);
  $("user").focus();
}

function tell(id, problem) {
  $(id).hidden = !problem;
  $(id).textContent = problem ?? "";
}

function enter(signedIn) {
  session.me = signedIn;
  $("door").hidden = true;
  $("desk").hidden = false;
  $("who").textContent = session.me.name;
  $("who").title = session.me.name;
  for (const id of ["live", "who", "sign-out"]) {
    $(id).hidden = false;
  }
  pick(location.hash.slice(1).toUpperCase() || null);
  watch();
  list();
}

function leave(problem) {
  session.me = null;
  seen();
  events?.close();
  holds.clear();
  found = [];
  shown = null;
  picked = null;
  $("detail").replaceChildren();
  door(problem);
}

$("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter ?? $("sign-in").querySelector("button");
  button.disabled = true;
  tell("sign-in-problem", null);
  try {
    enter(await call("POST", "/session", { user: $("user").value, password: $("password").value }));
  } catch (refused) {
    tell("sign-in-problem", refused.message);
    $("password").select();
  }
  $("password").value = "";
  button.disabled = false;
});

// What the issuer's sign-in ended with, if not with a session; the address brings a word of this list only.
const SIGN_IN_PROBLEMS = new Map([
  ["refused", "The sign-in did not succeed, or took too long. Try again."],
  ["unavailable", "The issuer cannot be asked now. Try again soon, or sign in with a password."],
  ["too-many", "Too many sign-ins failed; try again in some minutes."],
  ["insecure", "Sign-in needs https here: set admin_tls."],
]);

function returned() {
  const problem = SIGN_IN_PROBLEMS.get(new URLSearchParams(location.search).get("sign-in"));
  const left = sessionStorage.getItem("left-from") ?? "";
  sessionStorage.removeItem("left-from");
  const hash = location.hash || (/^#[0-9A-Za-z-]{1,20}$/.test(left) ? left : "");
  window.history.replaceState(null, "", location.pathname + hash);
  return problem ?? null;
}

$("sign-in-oidc").addEventListener("click", () => sessionStorage.setItem("left-from", location.hash));

$("sign-out").addEventListener("click", async () => {
  await call("DELETE", "/session").catch(() => {});
  leave(null);
});

// ---- what happens, live

function watch() {
  events?.close();
  events = new EventSource("/api/v1/events");
  const on = (name, action) => events.addEventListener(name, (event) => action(JSON.parse(event.data)));
  on("beat", (beat) => {
    clockAhead = Date.parse(beat.now) - Date.now();
    live(true);
  });
  on("waiting", (all) => {
    holds.clear();
    all.holds.forEach((hold) => holds.set(hold.code, hold));
    list();
    refresh();
  });
  on("opened", (hold) => {
    holds.set(hold.code, { ...hold, fresh: true });
    $("news").textContent = `New: ${hold.code}, ${hold.requester} on ${hold.database}`;
    list();
  });
  on("changed", (hold) => {
    holds.set(hold.code, hold);
    list();
    if (hold.code === picked) {
      progress(hold);
    }
  });
  on("ended", (hold) => {
    holds.delete(hold.code);
    $("news").textContent = `${hold.code} ${hold.state}`;
    if (hold.state === "break_glass") {
      alarm(hold);
    }
    list();
    refresh(hold.code);
  });
  on("over", session.ended);
  events.addEventListener("error", () => {
    live(false);
    if (events.readyState === EventSource.CLOSED && session.me) {
      setTimeout(() => session.me && call("GET", "/session").then(watch, () => {}), 3000);
    }
  });
}

function live(yes) {
  $("live").textContent = yes ? "live" : "reconnecting";
  $("live").className = yes ? "" : "lost";
}

// ---- lists

function left(hold) {
  return Math.max(0, Math.round((Date.parse(hold.expiresAt) - Date.now() - clockAhead) / 1000));
}

function item(hold) {
  const waiting = hold.state === "waiting";
  const right = waiting ? countdown(hold) : element("span", "state " + stateClass(hold), hold.state.replace("_", " "));
  const made = element("button", hold.fresh ? "item new" : "item",
    element("div", "top", element("span", "", hold.requester + " on " + hold.database), right),
    element("code", "", hold.statement.slice(0, 300).replace(/\s+/g, " ")),
    element("div", "foot", element("span", "", hold.code), element("span", "", waiting || !hold.endedAt ? hold.rule : when(hold.endedAt))));
  made.type = "button";
  made.dataset.code = hold.code;
  made.setAttribute("aria-current", String(hold.code === picked));
  made.addEventListener("click", () => pick(hold.code, true));
  hold.fresh = false;
  return element("li", "", made);
}

function list() {
  const focused = document.activeElement?.dataset?.code;
  const waiting = [...holds.values()].sort((a, b) => a.openedAt.localeCompare(b.openedAt));
  const here = view === "waiting" ? waiting : found;
  $("list").replaceChildren(...here.map(item));
  $("count").textContent = waiting.length;
  $("count").className = waiting.length ? "count some" : "count";
  $("nothing").hidden = here.length > 0;
  $("nothing").textContent = { waiting: "Nothing waits.", requests: "Nothing to grant.", history: "Nothing found." }[view];
  document.title = (waiting.length ? `(${waiting.length}) ` : "") + "Sallyport" + (environment.environment ? " · " + environment.environment : "");
  if (focused) {
    $("list").querySelector(`[data-code="${CSS.escape(focused)}"]`)?.focus();
  }
  tick();
}

function tick() {
  for (const place of document.querySelectorAll("[data-expires]")) {
    const hold = holds.get(place.dataset.expires);
    const seconds = hold ? left(hold) : 0;
    place.textContent = hold ? span(seconds) : "";
    place.classList.toggle("soon", Boolean(hold) && seconds < SOON_SECONDS);
  }
  const bar = $("remaining");
  const hold = bar && holds.get(picked);
  if (hold) {
    bar.max = (Date.parse(hold.expiresAt) - Date.parse(hold.openedAt)) / 1000;
    bar.value = left(hold);
    bar.parentElement.classList.toggle("soon", left(hold) < SOON_SECONDS);
  }
}
setInterval(tick, 1000);

async function search() {
  const path = "/history?q=" + encodeURIComponent($("search").value);
  found = await (view === "requests" ? requests() : call("GET", path).then((answer) => answer.holds)).catch(() => []);
  list();
}

function turn(to) {
  view = to;
  for (const name of ["waiting", "requests", "history"]) {
    $("show-" + name).setAttribute("aria-pressed", String(name === view));
  }
  $("search").hidden = view !== "history";
  found = [];
  list();
  return view === "waiting" ? undefined : search();
}
for (const name of ["waiting", "requests", "history"]) {
  $("show-" + name).addEventListener("click", () => turn(name));
}
let typing = 0;
$("search").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(search, 250);
});

// ---- one statement

async function pick(code, byHand) {
  picked = code;
  window.history.replaceState(null, "", code ? "#" + code : location.pathname);
  $("desk").classList.toggle("reading", Boolean(code));
  for (const other of document.querySelectorAll(".item")) {
    other.setAttribute("aria-current", String(other.dataset.code === code));
  }
  $("unpicked").hidden = Boolean(code);
  $("detail").hidden = !code;
  if (code && (await load()) && byHand) {
    $("detail").focus();
  }
}

async function load() {
  const code = picked;
  const asRequest = () => showRequest(code, { back: unpick, wanted: () => code === picked, granted: () => view === "requests" && search() });
  try {
    if (view === "requests") {
      shown = null;
      await asRequest();
      return true;
    }
    const hold = await call("GET", "/holds/" + encodeURIComponent(code));
    if (code === picked) {
      shown = hold;
      detail(hold, environment.environment, { back: unpick, voted: load, tick });
      later(hold);
    }
    return true;
  } catch (missing) {
    // A denial's code is that of a request, and no hold's.
    const found = view !== "requests" && session.me && (await asRequest().then(() => true, () => false));
    if (!found && code === picked && session.me) {
      $("detail").replaceChildren(element("p", "problem", missing.message));
    }
    return found;
  }
}

/** Safety nets are made once it is released, and no event tells of them: a moment later they are there. */
function later(hold) {
  const released = hold.state === "approved" || hold.state === "break_glass";
  if (released && hold.safety.length && !hold.outcome && Date.now() - Date.parse(hold.endedAt) < 60000) {
    setTimeout(() => shown === hold && picked === hold.code && session.me && load(), 1500);
  }
}

/** What somebody writes as a reason stays, unless it is this statement that ended. */
function refresh(code) {
  // A token is shown once: nothing that happens takes it away.
  if (picked && !$("token") && (code === picked || (!code && shown?.state === "waiting" && !holds.has(picked)))) {
    load();
  }
  if (view !== "waiting") {
    search();
  }
}

// ---- keys

function unpick() {
  const code = picked;
  pick(null);
  $("list").querySelector(`[data-code="${CSS.escape(code ?? "")}"]`)?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !$("sure").open && picked && session.me) {
    unpick();
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target.classList?.contains("item")) {
    const items = [...document.querySelectorAll(".item")];
    const next = items[items.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1)];
    next?.focus();
    event.preventDefault();
  }
});
window.addEventListener("hashchange", () => session.me && pick(location.hash.slice(1).toUpperCase() || null));

// ---- beginning

session.ended = () => leave("Your session ended; sign in again.");

async function begin() {
  environment = await call("GET", "/about").catch(() => environment);
  const name = environment.environment;
  $("band").className = environment.production ? "production" : name ? "named" : "";
  $("environment").textContent = environment.production ? "PRODUCTION" + (/^production$/i.test(name) ? "" : ": " + name) : name || "environment not named";
  document.title = "Sallyport" + (name ? " · " + name : "");
  $("elsewhere").hidden = !environment.signInAt;
  $("sign-in-oidc").textContent = "Sign in with " + environment.signInAt;
  const problem = returned();
  await call("GET", "/session").then(enter, () => door(environment.signIn === false ? SIGN_IN_PROBLEMS.get("insecure") : problem));
}
begin();
