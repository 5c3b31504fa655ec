package io.sallyport.proxy.token;

/**
 * What decides in a session, beside the text of a statement, what it does; as its server says.
 *
 * @param actsAs current_user
 * @param searchPath the setting
 * @param ownPath whether it is what the role's login begins with: neither the session nor its start-up packet set it
 */
public record Surroundings(String actsAs, String searchPath, boolean ownPath) {}
