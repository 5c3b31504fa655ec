package io.sallyport.policies.approval;

import org.jspecify.annotations.Nullable;

/**
 * What is proved of somebody.
 *
 * @param role the login role, as the server authenticated it
 * @param certificate subject of the verified client certificate; null without one
 */
public record Identity(String role, @Nullable String certificate) {}
