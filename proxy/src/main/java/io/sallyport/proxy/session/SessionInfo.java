package io.sallyport.proxy.session;

/**
 * Who a session belongs to.
 *
 * @param code names the session in logs and reports
 * @param user the login role; proved once the server has said AuthenticationOk
 * @param client the client's address
 */
public record SessionInfo(String code, String user, String database, String client) {}
