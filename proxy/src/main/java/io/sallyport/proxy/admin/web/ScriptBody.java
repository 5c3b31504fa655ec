package io.sallyport.proxy.admin.web;

import io.sallyport.proxy.grant.ScriptSubject;
import io.sallyport.proxy.token.GrantTerms;
import io.sallyport.proxy.token.SearchPath;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What is sent with a file.
 *
 * @param plan what the preview said; empty at the preview
 */
record ScriptBody(String script, String file, String plan, ScriptSubject subject, GrantTerms terms) {
    /** In characters; see {@code AdminPipeline}. */
    private static final int LONGEST_SCRIPT = 256 * 1024;

    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_PATH = 2_000;
    private static final int MOST_ROLES = 100;

    static ScriptBody read(byte[] body) throws Bodies.Malformed {
        JsonNode object = Bodies.object(body);
        String user = named(object, "user");
        String database = named(object, "database");
        return new ScriptBody(
                Bodies.text(object, "script", LONGEST_SCRIPT),
                Bodies.text(object, "file", LONGEST_PATH).replaceAll("\\p{Cntrl}+", " "),
                Bodies.text(object, "plan", LONGEST_PATH),
                new ScriptSubject(
                        user, database, Bodies.text(object, "application", LONGEST_NAME), roles(object), path(object)),
                Bodies.grant(body));
    }

    private static String named(JsonNode object, String field) throws Bodies.Malformed {
        String name = Bodies.text(object, field, LONGEST_NAME);
        if (name.isEmpty()) {
            throw new Bodies.Malformed(field + ": expected a name");
        }
        return name;
    }

    private static Set<String> roles(JsonNode object) throws Bodies.Malformed {
        Set<String> roles = new LinkedHashSet<>();
        for (JsonNode role : object.path("roles")) {
            if (!role.isString() || role.asString().length() > LONGEST_NAME || roles.size() >= MOST_ROLES) {
                throw new Bodies.Malformed("roles: expected at most " + MOST_ROLES + " names");
            }
            roles.add(role.asString());
        }
        return roles;
    }

    /** Absent is the role's own. */
    private static SearchPath path(JsonNode object) throws Bodies.Malformed {
        if (object.path("anySearchPath").asBoolean(false)) {
            return SearchPath.ANY;
        }
        return object.path("searchPath").isMissingNode()
                        || object.path("searchPath").isNull()
                ? SearchPath.OWN
                : SearchPath.exactly(Bodies.text(object, "searchPath", LONGEST_PATH));
    }
}
