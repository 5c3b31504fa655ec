package io.sallyport.proxy.console;

import io.sallyport.proxy.approval.Voter;

/**
 * The session that a {@code SALLYPORT} statement came from.
 *
 * @param voter its login role, and what else is proved of it
 */
public record Caller(Voter voter, ConfirmPort confirmations, ReasonPort reasons) {}
