// What everybody who watches must see: somebody released a hold of their own, alone.

import { $ } from "/dom.js";
import { plain } from "/sql.js";

let unseen = 0;

/** Stays until somebody has seen it; a later one takes the place of an earlier one, and counts it. */
export function alarm(hold) {
  $("alarm-hold").href = "#" + hold.code;
  $("alarm-hold").textContent = hold.code;
  $("alarm-text").replaceChildren();
  plain($("alarm-text"), `${hold.endedBy} released it alone on ${hold.database}: ${hold.reason ?? ""}` + (unseen ? ` (and ${unseen} before it)` : ""));
  $("alarm").hidden = false;
  unseen += 1;
}

export function seen() {
  $("alarm").hidden = true;
  unseen = 0;
}
$("alarm-seen").addEventListener("click", seen);
