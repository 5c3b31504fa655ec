package io.sallyport.proxy.it.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.analysis.StatementClass;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.proxy.it.server.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our kind of a statement is the server's own name for the command, wherever a server says that name without running it. */
@Timeout(300)
final class CommandNameIT {
    private static final System.Logger LOG = System.getLogger(CommandNameIT.class.getName());

    private static final Pattern DESTRUCTIVE = Pattern.compile("(DROP|TRUNCATE|DELETE|UPDATE|ALTER|REVOKE|GRANT)\\b.*");

    /** Where the server's name of the command is not ours; CREATE LANGUAGE has been CREATE EXTENSION since 13. */
    private static final Map<String, String> OURS = Map.of(
            "truncate_table", "truncate",
            "grant_role", "grant",
            "revoke_role", "revoke",
            "create_constraint", "create_trigger",
            "select_for_update", "select");

    @Test
    void fixtures_are_of_the_kind_that_the_server_names() {
        compare(KnownStrings.fixtures(), 150);
    }

    @Test
    void corpus_is_of_the_kind_that_the_server_names() {
        Optional<Path> file = KnownStrings.corpusFile();
        assumeTrue(file.isPresent(), "skipped: no shared/corpus/statements.jsonl.gz above the working directory");
        compare(KnownStrings.corpus(file.orElseThrow()), 500);
    }

    private static void compare(List<String> strings, int least) {
        TestServer server = TestServer.shared();
        List<String> differences = new ArrayList<>();
        int named = 0;
        try (ReadOnlySession session = new ReadOnlySession(server, server.freshDatabase())) {
            for (String text : strings) {
                for (StatementFacts facts : SqlAnalyzer.tokens(
                                text.getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT)
                        .statements()) {
                    String command = text.indexOf('\0') < 0 ? session.refusedCommand(facts.text()) : "";
                    if (namesTheStatement(command)) {
                        named++;
                        differ(command, facts, differences);
                    }
                }
            }
        }
        LOG.log(System.Logger.Level.INFO, "{0} statements named by the server: {1}", named, differences);
        assertThat(differences).isEmpty();
        assertThat(named).isGreaterThan(least);
    }

    private static void differ(String command, StatementFacts facts, List<String> differences) {
        String kind = kind(command);
        boolean milder = DESTRUCTIVE.matcher(command).matches() && !facts.destructive();
        boolean language = facts.kind() == StatementKind.CREATE_LANGUAGE && kind.equals("create_extension");
        // What a DO block runs by EXECUTE no text shows: it stays opaque.
        boolean opaque = facts.kind() == StatementKind.DO && facts.statementClass() == StatementClass.OPAQUE;
        if (milder || (facts.readable() && !language && !opaque && !names(facts, kind))) {
            differences.add(command + ", we " + facts.kind().label() + ": " + facts.text());
        }
    }

    /** A function that writes names itself, such as lo_create(), and what the rule of pg_settings makes of an UPDATE is a SELECT. */
    private static boolean namesTheStatement(String command) {
        return !command.isEmpty() && !command.endsWith(")") && !command.equals("SELECT");
    }

    /** The statement itself, or one that it runs. */
    private static boolean names(StatementFacts facts, String kind) {
        return facts.kind().label().equals(kind) || facts.nested().stream().anyMatch(nested -> names(nested, kind));
    }

    private static String kind(String command) {
        String kind = command.toLowerCase(Locale.ROOT).replace(' ', '_');
        return OURS.getOrDefault(kind, kind);
    }
}
