// One statement: what is asked, and the decision on it.

import { call, session } from "/api.js";
import { $, box, countdown, element, facts, field, stateClass, when } from "/dom.js";
import { coloured, plain } from "/sql.js";

/**
 * @param hooks back: goes to the list; voted: looks at the statement again; tick: shows the time left
 */
export function detail(hold, environment, hooks) {
  const waiting = hold.state === "waiting";
  const back = element("button", "quiet", "← All");
  back.id = "back";
  back.addEventListener("click", hooks.back);
  const remaining = element("progress", "");
  remaining.id = "remaining";
  remaining.setAttribute("aria-label", "Time left");
  const parts = [back, element("div", "head", element("h1", "", hold.code), element("span", "soft", hold.requester + " on " + hold.database),
    waiting ? countdown(hold) : element("span", "left state " + stateClass(hold), hold.state.replace("_", " ")))];
  parts.push(waiting ? element("div", "bar", remaining) : outcome(hold));
  parts.push(coloured(element("pre", ""), hold.statement));
  if (hold.statementLength > hold.statement.length) {
    parts.push(box("Not all of it", [`The first ${hold.statement.length} of ${hold.statementLength} characters are shown.`], "warn"));
  }
  if (hold.parameters.length) {
    parts.push(box("Parameters", hold.parameters));
  }
  parts.push(box("Rule: " + hold.rule, [...(hold.message ? [hold.message] : []), ...hold.why], "warn"));
  if (hold.safety.length) {
    parts.push(box("Before it runs", hold.safety));
  }
  (hold.kept ?? []).forEach((net) => parts.push(kept(net)));
  const progressed = element("div", "box");
  progressed.id = "progress";
  parts.push(progressed);
  if (hold.requesterReason) {
    parts.push(box("The requester's reason", [hold.requesterReason]));
  }
  if (hold.transaction.length) {
    parts.push(box("The open transaction", hold.transaction));
  }
  parts.push(facts([["Requester", hold.requester], ["Database", hold.database], ["Application", hold.application],
    ["Address", hold.client], ["Certificate", hold.certificate ?? ""], ["OS user (claimed)", hold.osUser ?? ""], ["Session", hold.session], ["Asked", when(hold.openedAt)], ["Ended", when(hold.endedAt)]]));
  if (waiting) {
    const mine = hold.mayBreakGlass || hold.requester === session.me?.role;
    parts.push(mine ? box("Yours", ["You asked for this: it takes a second person."]) : vote(hold, environment, hooks));
    if (hold.mayBreakGlass) {
      parts.push(emergency(hold, environment, hooks));
    }
  }
  $("detail").replaceChildren(...parts);
  progress(hold);
  hooks.tick();
}

/** How many have approved, where it takes more than one person or particular ones. */
export function progress(hold) {
  const place = $("progress");
  if (!place) {
    return;
  }
  place.hidden = hold.state !== "waiting" || !hold.missing.length;
  const lines = [...hold.approvedBy.map((name) => "approved by " + name), ...hold.missing.map((line) => "missing: " + line)];
  place.replaceChildren(element("h2", "", "Approvals: " + hold.progress), ...lines.map((line) => element("div", "", line)));
  const mine = $("withdraw");
  if (mine) {
    mine.hidden = !hold.approvedBy.includes(session.me?.name);
  }
}

/** What a safety net left behind, with the settings to paste. */
function kept(net) {
  const lines = Object.entries(net.settings).map(([name, value]) => `${name} = '${value}'`);
  return box("To undo it: " + net.what, [...lines, "kept " + when(net.at)]);
}

function outcome(hold) {
  const state = hold.state === "break_glass" ? "Break-glass: released alone" : hold.state.replace("_", " ");
  const by = state + (hold.endedBy ? " by " + hold.endedBy : "");
  const ran = hold.outcome ? ["on the server: " + hold.outcome] : [];
  return box(by, (hold.reason ? [hold.reason] : []).concat(ran), stateClass(hold));
}

// ---- deciding

function vote(hold, environment, hooks) {
  const approve = element("button", "approve", "Approve …");
  const reject = element("button", "reject", "Reject");
  approve.id = "approve";
  reject.id = "reject";
  const withdraw = element("button", "", "Take my approval back");
  withdraw.id = "withdraw";
  withdraw.hidden = true;
  withdraw.addEventListener("click", () => cast(hold, "withdraw", hooks));
  approve.type = reject.type = withdraw.type = "button";
  approve.addEventListener("click", async () => (await sure(hold, environment)) && cast(hold, "approve", hooks));
  reject.addEventListener("click", () => cast(hold, "reject", hooks));
  const complaint = element("p", "problem", "");
  complaint.id = "vote-problem";
  complaint.setAttribute("role", "alert");
  const typed = hold.needsTyped ? field(element("input", ""), "typed", "Type " + hold.places.join(", ")) : [];
  return element("div", "vote", ...field(element("textarea", ""), "reason", "Reason (the requester reads it when you reject)"), ...typed,
    complaint, element("div", "buttons", withdraw, reject, approve));
}

/** In an emergency the requester needs nobody; and everybody hears of it. */
function emergency(hold, environment, hooks) {
  const button = element("button", "reject", "Break the glass …");
  button.id = "break-glass";
  button.type = "button";
  const complaint = element("p", "problem", "");
  complaint.id = "vote-problem";
  complaint.setAttribute("role", "alert");
  button.addEventListener("click", async () => {
    if (!$("reason").value.trim()) {
      complaint.textContent = "Say why it cannot wait.";
      $("reason").focus();
    } else if (await sure(hold, environment, true)) {
      cast(hold, "break-glass", hooks);
    }
  });
  return element("div", "vote emergency", element("h2", "", "Emergency"),
    element("div", "", "The rule lets you release it alone. That is recorded, and every channel is told."),
    ...field(element("textarea", ""), "reason", "Why it cannot wait"), complaint, element("div", "buttons", button));
}

function sure(hold, environment, alone) {
  $("sure-title").textContent = (alone ? "Break the glass for " : "Approve ") + hold.code + (environment ? ` on ${environment}?` : "?");
  $("sure-effect").textContent = "";
  plain($("sure-effect"), alone ? "It runs once, now, and nobody has approved it."
    : `It runs once, as ${hold.requester}, as soon as enough people have approved.`);
  $("sure-yes").textContent = alone ? "Run without approval" : "Approve and run";
  $("sure-yes").className = alone ? "alone" : "approve";
  $("sure-text").replaceChildren();
  coloured($("sure-text"), hold.statement.slice(0, 4000) + (hold.statement.length > 4000 ? " …" : ""));
  $("sure").returnValue = "no";
  $("sure").showModal();
  return new Promise((resolve) => $("sure").addEventListener("close", () => resolve($("sure").returnValue === "yes"), { once: true }));
}

async function cast(hold, way, hooks) {
  const reason = $("reason").value.trim();
  if (way === "reject" && !reason) {
    $("vote-problem").textContent = "Say why: the requester reads it.";
    $("reason").focus();
    return;
  }
  const buttons = document.querySelectorAll(".vote button");
  buttons.forEach((button) => { button.disabled = true; });
  try {
    await call("POST", `/holds/${hold.code}/${way}`, { reason, typed: $("typed")?.value ?? "" });
    await hooks.voted();
    $("detail").focus();
  } catch (refused) {
    if ($("vote-problem")) {
      $("vote-problem").textContent = refused.message;
    }
    buttons.forEach((button) => { button.disabled = false; });
  }
}
