package io.sallyport.policies.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.sql.LexerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every command of the manual, "SQL Commands"; 13 to 18 have the same ones. A line: the command, its kind, a statement. */
class CommandsTest {
    private record Command(String name, String kind, String sql) {}

    /** Their last word stands further inside. */
    private static final Set<String> OTHERWISE_BEGUN = Set.of("SELECT INTO", "CREATE TABLE AS");

    @Test
    void every_command_has_a_kind() throws IOException {
        assertThat(commands()).hasSizeGreaterThan(180).allSatisfy(command -> {
            StatementFacts facts = read(command.sql());
            assertThat(facts.readable()).as(command.sql()).isTrue();
            assertThat(facts.kind().label()).as(command.sql()).isEqualTo(command.kind());
            assertThat(command.sql().startsWith(command.name()) || OTHERWISE_BEGUN.contains(command.name()))
                    .as(command.sql())
                    .isTrue();
        });
    }

    @Test
    void every_kind_is_that_of_a_command() throws IOException {
        Set<String> found = commands().stream().map(Command::kind).collect(Collectors.toSet());
        assertThat(Arrays.stream(StatementKind.values())
                        .filter(kind -> kind != StatementKind.UNREADABLE && kind != StatementKind.SALLYPORT)
                        .map(StatementKind::label))
                .allMatch(found::contains);
    }

    private static StatementFacts read(String sql) {
        return SqlAnalyzer.complete(sql.getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT)
                .statements()
                .get(0);
    }

    private static List<Command> commands() throws IOException {
        try (InputStream in = Objects.requireNonNull(CommandsTest.class.getResourceAsStream("/commands.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" \\| ", 3))
                    .map(parts -> new Command(parts[0], parts[1], parts[2]))
                    .toList();
        }
    }
}
