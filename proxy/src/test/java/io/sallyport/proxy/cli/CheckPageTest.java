package io.sallyport.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/check.md shows what its commands print. */
class CheckPageTest {
    private static final Pattern SCRIPT = Pattern.compile("(?s)```sql\n(-- (\\S+)\n.*?)```");
    private static final Pattern SESSION = Pattern.compile("(?s)```console\n\\$ sallyport ([^\n]*)\n(.*?)```");
    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|\\S+");

    @TempDir
    private Path folder;

    @Test
    void every_example_prints_what_the_page_says() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "check.md"));
        Matcher script = SCRIPT.matcher(page);
        assertThat(script.find()).isTrue();
        String name = script.group(2);
        Path file = Files.writeString(folder.resolve(name), script.group(1));
        List<MatchResult> sessions = SESSION.matcher(page).results().toList();
        assertThat(sessions).hasSize(4);
        for (MatchResult session : sessions) {
            String[] arguments = ARGUMENT.matcher(session.group(1))
                    .results()
                    .map(word -> word.group(1) == null ? word.group() : word.group(1))
                    .map(word -> word.equals(name) ? file.toString() : word)
                    .toArray(String[]::new);
            assertThat(Invocation.of(arguments).out().replace(folder + "/", ""))
                    .as(session.group(1))
                    .isEqualTo(session.group(2));
        }
    }
}
