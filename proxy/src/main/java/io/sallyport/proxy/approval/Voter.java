package io.sallyport.proxy.approval;

/**
 * Who votes.
 *
 * @param role the login role, as the server authenticated it; SET ROLE does not change it
 * @param session the session the vote came through
 */
public record Voter(String role, String session) {}
