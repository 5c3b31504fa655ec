package io.sallyport.proxy.auth;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The one question by which the server says which roles the login role is a member of, directly or through others, its own included. */
public final class MembershipQuery {
    /**
     * Every name is qualified, operators too: search_path is the client's. Who logged in is asked of
     * pg_stat_get_activity, which SET SESSION AUTHORIZATION does not change; pg_has_role would say yes to a superuser
     * for every role. As hex of UTF-8 the names read alike under any client_encoding and bytea_output.
     */
    public static final String SQL = """
            WITH RECURSIVE held(oid) AS (
              SELECT usesysid FROM pg_catalog.pg_stat_get_activity(pg_catalog.pg_backend_pid())
              UNION
              SELECT m.roleid FROM pg_catalog.pg_auth_members AS m JOIN held ON m.member OPERATOR(pg_catalog.=) held.oid)
            SELECT pg_catalog.encode(pg_catalog.convert_to(r.rolname::pg_catalog.text, 'UTF8'), 'hex')
            FROM held JOIN pg_catalog.pg_roles AS r ON r.oid OPERATOR(pg_catalog.=) held.oid""";

    private MembershipQuery() {}

    /**
     * The name in one row of the answer.
     *
     * @throws IllegalArgumentException when it is of another form
     */
    public static String name(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }
}
