package io.sallyport.proxy.cli;

import io.sallyport.policies.rule.Subject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who is to be thought of as asking, and from where. */
final class SubjectOptions {
    @Option(names = "--user", paramLabel = "NAME", description = "The login role; empty unless given.")
    private String user = "";

    @Option(names = "--database", paramLabel = "NAME", description = "The database; empty unless given.")
    private String database = "";

    @Option(names = "--application", paramLabel = "NAME", description = "The application_name; empty unless given.")
    private String application = "";

    @Option(names = "--client", paramLabel = "ADDRESS", description = "The client's IP address; none unless given.")
    private String client = "";

    @Option(
            names = "--role",
            paramLabel = "NAME",
            description = "A role that the user is a member of; may be repeated. The user's own always is one.")
    private List<String> roles = List.of();

    @Option(
            names = "--certificate",
            paramLabel = "SUBJECT",
            description = "The subject of the client's certificate (RFC 4514); none unless given.")
    private @Nullable String certificate;

    Subject subject() {
        return new Subject(user, database, application, client, certificate, memberships());
    }

    private Set<String> memberships() {
        Set<String> all = new LinkedHashSet<>(roles);
        all.add(user);
        return all;
    }
}
