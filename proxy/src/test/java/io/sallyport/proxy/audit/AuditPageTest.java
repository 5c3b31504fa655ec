package io.sallyport.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/audit.md names every event and every field, in their order. */
class AuditPageTest {
    @Test
    void every_event_has_its_row_with_its_fields() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "audit.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(AuditPageTest::nameAndFields)
                .toList();
        JsonSubTypes types = AuditEvent.class.getAnnotation(JsonSubTypes.class);
        assertThat(types.value()).hasSameSizeAs(events(AuditEvent.class).toList());
        assertThat(rows)
                .containsExactlyElementsOf(
                        Stream.of(types.value()).map(AuditPageTest::expected).toList());
    }

    /** Those that a sealed group of them permits, too. */
    private static Stream<Class<?>> events(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Stream.of(type.getPermittedSubclasses()).flatMap(AuditPageTest::events);
    }

    /** The first cell and, of the last, the words in backquotes outside of parentheses. */
    private static String nameAndFields(String row) {
        String[] cells = row.split("\\|", -1);
        String fields = cells[3].replaceAll("\\([^)]*\\)", "").replaceAll("[^a-z_]+", " ");
        return cells[1].replaceAll("[^a-z_]+", "") + ":" + fields.stripTrailing();
    }

    private static String expected(JsonSubTypes.Type type) {
        StringBuilder row = new StringBuilder(type.name()).append(':');
        for (RecordComponent field : type.value().getRecordComponents()) {
            if (!field.getName().equals("at")) {
                row.append(' ')
                        .append(field.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
            }
        }
        return row.toString();
    }
}
