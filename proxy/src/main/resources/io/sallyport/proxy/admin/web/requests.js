// What a token can be granted for. The token itself is shown once, and kept nowhere.

import { call, session } from "/api.js";
import { $, box, element, facts, field, when } from "/dom.js";
import { coloured } from "/sql.js";

/** All that can be granted, the latest first. */
export async function requests() {
  return (await call("GET", "/requests")).requests;
}

/** @param hooks back: goes to the list */
export async function showRequest(code, hooks) {
  const request = await call("GET", "/requests/" + encodeURIComponent(code));
  if (!hooks.wanted()) {
    return;
  }
  const back = element("button", "quiet", "← All");
  back.id = "back";
  back.type = "button";
  back.addEventListener("click", hooks.back);
  const parts = [back, element("div", "head", element("h1", "", request.code),
    element("span", "soft", request.requester + " on " + request.database), element("span", "left state other", request.state))];
  parts.push(coloured(element("pre", ""), request.statement));
  if (request.statementLength > request.statement.length) {
    parts.push(box("Not all of it", [`The first ${request.statement.length} of ${request.statementLength} characters are shown.`], "warn"));
  }
  if (request.parameters.length) {
    parts.push(box("Parameters", request.parameters));
  }
  parts.push(box("Rule: " + request.rule, [...(request.message ? [request.message] : []), ...request.why], "warn"));
  if (request.safety.length) {
    parts.push(box("Before it runs", request.safety));
  }
  parts.push(box(`A token lets ${request.covers.length === 1 ? "this" : "these " + request.covers.length} run, once`, request.covers));
  if (request.approvedBy.length || request.missing.length) {
    parts.push(box("Approvals: " + request.progress,
      [...request.approvedBy.map((role) => "granted by " + role), ...request.missing.map((line) => "missing: " + line)]));
  }
  parts.push(facts([["Requester", request.requester], ["Acts as", request.actsAs === request.requester ? "" : request.actsAs],
    ["Database", request.database], ["Sessions with", request.searchPath], ["Rows at most", request.rows === undefined ? "" : String(request.rows)], ["Application", request.application],
    ["Address", request.client], ["Certificate", request.certificate ?? ""], ["OS user (claimed)", request.osUser ?? ""], ["Asked", when(request.createdAt)], ["Can be granted until", when(request.expiresAt)]]));
  if (request.state === "open") {
    parts.push(request.requester === session.me?.role ? box("Yours", ["You asked for this: it takes a second person."]) : form(request, hooks));
  }
  $("detail").replaceChildren(...parts);
}

function form(request, hooks) {
  const button = element("button", "approve", "Grant a token");
  button.id = "grant";
  button.type = "button";
  const complaint = element("p", "problem", "");
  complaint.id = "vote-problem";
  complaint.setAttribute("role", "alert");
  const typed = request.needsTyped ? field(element("input", ""), "typed", "Type " + request.places.join(", ")) : [];
  const limit = element("input", "");
  limit.type = "number";
  limit.min = "0";
  const rows = () => limit.value === "" ? null : Number(limit.value);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const body = { reason: $("reason").value.trim(), typed: $("typed")?.value ?? "", lasts: $("lasts").value.trim(), rows: rows() };
      granted(await call("POST", `/requests/${request.code}/grant`, body), hooks);
    } catch (refused) {
      complaint.textContent = refused.message;
      button.disabled = false;
    }
  });
  return element("div", "vote", ...field(element("textarea", ""), "reason", "Why (for the record)"), ...typed,
    ...field(element("input", ""), "lasts", "Good for, such as 30m or 2h (an hour unless said)"),
    ...field(limit, "rows", "Rows at most, of each INSERT, UPDATE or DELETE (empty: not limited)"), complaint, element("div", "buttons", button));
}

async function granted(answer, hooks) {
  if (!answer.token) {
    await showRequest(answer.request.code, hooks);
    return;
  }
  const token = element("code", "", answer.token);
  token.id = "token";
  const shown = element("div", "box approved", element("h2", "", "The token"), token,
    element("div", "", "It is shown now and never again. Give it to " + answer.request.requester + "; it is good until " + when(answer.goodUntil) + "."),
    element("div", "", "In psql: SET sallyport.token = '…'; in CI: PGOPTIONS='-c sallyport.token=…'."));
  // Whatever becomes of the rest, the token stays in sight.
  $("detail").replaceChildren(shown);
  await showRequest(answer.request.code, hooks).catch(() => {});
  $("detail").append(shown);
  hooks.granted();
}
