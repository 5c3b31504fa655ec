package io.sallyport.proxy.token;

/**
 * Who may use a token, and where.
 *
 * @param requester the login role
 * @param actsAs the role whose rights count: another one than the requester after SET ROLE
 */
public record TokenScope(String requester, String database, String actsAs, SearchPath searchPath) {}
