package io.sallyport.proxy.auth;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Roles with passwords or verifiers, as PgBouncer writes them: {@code "role" "secret"} a line, a quote inside doubled,
 * anything behind it ignored, and comments behind a semicolon.
 */
final class Userlist {
    /** Possessive: a long text would exhaust the stack otherwise. */
    private static final String QUOTED = "\"([^\"]*+(?:\"\"[^\"]*+)*+)\"";

    private static final Pattern LINE = Pattern.compile("\\s*+" + QUOTED + "\\s++" + QUOTED + "(?:\\s.*)?");
    private static final Pattern MD5 = Pattern.compile("md5[0-9a-f]{32}");

    private Userlist() {}

    /** @throws IllegalArgumentException that names the line, and never what is in it */
    static Map<String, Credential> parse(String text, String fileName, Salts salts) {
        Map<String, Credential> roles = new HashMap<>();
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            if (!line.isBlank() && !line.stripLeading().startsWith(";")) {
                String where = fileName + ":" + number + ": ";
                Matcher parts = LINE.matcher(line);
                if (!parts.matches()) {
                    throw new IllegalArgumentException(where + "expected \"role\" \"secret\", both in double quotes");
                }
                String role = unquoted(parts.group(1));
                if (roles.put(role, credential(role, unquoted(parts.group(2)), where, salts)) != null) {
                    throw new IllegalArgumentException(where + "the role \"" + role + "\" is there twice");
                }
            }
        }
        return roles;
    }

    private static Credential credential(String role, String secret, String where, Salts salts) {
        if (MD5.matcher(secret).matches()) {
            throw new IllegalArgumentException(where + "an md5 hash cannot serve SCRAM;"
                    + " expected a password, or SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey");
        }
        if (secret.isEmpty()) {
            throw new IllegalArgumentException(where + "the secret is empty");
        }
        if (secret.startsWith("SCRAM-SHA-256$")) {
            ScramVerifier verifier = ScramVerifier.parse(secret);
            if (verifier == null) {
                throw new IllegalArgumentException(where + "the SCRAM verifier is damaged;"
                        + " expected SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey");
            }
            return Credential.verifier(verifier);
        }
        return Credential.password(role, secret, salts);
    }

    private static String unquoted(String quoted) {
        return quoted.replace("\"\"", "\"");
    }
}
