package io.sallyport.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/check.md shows what its commands print. */
class CheckPageTest {
    private static final Pattern FILE = Pattern.compile("(?s)```(?:sql|yaml)\n((?:--|#) (\\S+)\n.*?)```");
    private static final Pattern SESSION = Pattern.compile("(?s)```console\n\\$ sallyport ([^\n]*)\n(.*?)```");
    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|\\S+");

    @TempDir
    private Path folder;

    @Test
    void every_example_prints_what_the_page_says() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "check.md"));
        Map<String, String> files = new HashMap<>();
        for (MatchResult file : FILE.matcher(page).results().toList()) {
            Path written = Files.writeString(folder.resolve(file.group(2)), file.group(1));
            files.put(file.group(2), written.toString());
        }
        assertThat(files).hasSize(2);
        List<MatchResult> sessions = SESSION.matcher(page).results().toList();
        assertThat(sessions).hasSize(4);
        for (MatchResult session : sessions) {
            String[] arguments = ARGUMENT.matcher(session.group(1))
                    .results()
                    .map(word -> word.group(1) == null ? word.group() : word.group(1))
                    .map(word -> files.getOrDefault(word, word))
                    .toArray(String[]::new);
            assertThat(Invocation.of(arguments).out().replace(folder + "/", ""))
                    .as(session.group(1))
                    .isEqualTo(session.group(2));
        }
    }
}
