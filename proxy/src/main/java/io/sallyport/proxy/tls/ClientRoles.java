package io.sallyport.proxy.tls;

import io.sallyport.policies.rule.Glob;
import io.sallyport.proxy.config.ClientTlsSettings;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which login roles a client's certificate may use. */
public final class ClientRoles {
    private static final Set<String> KINDS = Set.of("cn", "dns", "email", "uri");

    private record Line(Glob name, List<Glob> roles) {}

    private enum Way {
        ANY,
        COMMON_NAME,
        MAP
    }

    private final Way way;
    private final List<Line> lines;

    private ClientRoles(Way way, List<Line> lines) {
        this.way = way;
        this.lines = lines;
    }

    static boolean isFile(String setting) {
        return !setting.equals(ClientTlsSettings.ANY_ROLE) && !setting.equals(ClientTlsSettings.ROLE_IS_COMMON_NAME);
    }

    static ClientRoles of(String setting, TlsFiles files) throws TlsProblem {
        if (isFile(setting)) {
            return new ClientRoles(Way.MAP, map(files));
        }
        return new ClientRoles(setting.equals(ClientTlsSettings.ANY_ROLE) ? Way.ANY : Way.COMMON_NAME, List.of());
    }

    public boolean permits(X509Certificate certificate, String role) {
        return switch (way) {
            case ANY -> true;
            case COMMON_NAME -> named(certificate, role);
            case MAP -> mapped(CertificateNames.all(certificate), role);
        };
    }

    /** Whether it stands for the role without a password: where any role may be used, still only the one of its name. */
    public boolean proves(X509Certificate certificate, String role) {
        return switch (way) {
            case ANY, COMMON_NAME -> named(certificate, role);
            case MAP -> mapped(CertificateNames.all(certificate), role);
        };
    }

    /** Several common names would leave open who it is. */
    private static boolean named(X509Certificate certificate, String role) {
        return CertificateNames.commonNames(certificate).equals(List.of(role));
    }

    private boolean mapped(List<String> names, String role) {
        return lines.stream()
                .filter(line -> names.stream().anyMatch(line.name()::matches))
                .anyMatch(line -> line.roles().stream().anyMatch(glob -> glob.matches(role)));
    }

    private static List<Line> map(TlsFiles files) throws TlsProblem {
        List<Line> found = new ArrayList<>();
        int number = 0;
        for (String text : new String(files.bytes(Names.CLIENT_ROLES), StandardCharsets.UTF_8).split("\n", -1)) {
            number++;
            String line = text.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            // Names hold blanks, roles in the list do not: the last blank parts them.
            int blank = Math.max(line.lastIndexOf(' '), line.lastIndexOf('\t'));
            int colon = line.indexOf(':');
            if (blank < 0 || colon < 0 || colon > blank || !KINDS.contains(line.substring(0, colon))) {
                throw files.problem(
                        Names.CLIENT_ROLES,
                        "line " + number + ": \"" + line
                                + "\" says nothing; expected cn:NAME, dns:NAME, email:NAME or uri:NAME, a blank, and roles"
                                + " with commas between them");
            }
            List<Glob> roles = new ArrayList<>();
            for (String role : line.substring(blank + 1).split(",", -1)) {
                if (role.isEmpty()) {
                    throw files.problem(Names.CLIENT_ROLES, "line " + number + ": a role is missing beside a comma");
                }
                roles.add(new Glob(role));
            }
            found.add(new Line(new Glob(line.substring(0, blank).strip()), roles));
        }
        return found;
    }
}
