package io.sallyport.proxy.approval;

/**
 * What a voter says with an approval.
 *
 * @param reason why, in the voter's words; empty without one
 * @param typed the name of what is to be dropped, as the voter typed it; several with ", " between
 *     them, in the statement's order; empty without one
 */
public record Ballot(String reason, String typed) {
    public static final Ballot EMPTY = new Ballot("", "");
}
