package io.sallyport.proxy.token;

import org.jspecify.annotations.Nullable;

/**
 * Who may use a token, and where.
 *
 * @param requester the login role
 * @param reading the settings by which values in texts are read; null where only the unusual ones matter
 * @param actsAs the role whose rights count: another one than the requester after SET ROLE
 */
public record TokenScope(
        String requester,
        String database,
        String actsAs,
        SearchPath searchPath,
        @Nullable String reading) {}
