package io.sallyport.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.protocol.frame.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommandTagsTest {
    private static final Set<StatementKind> ANY = EnumSet.of(
            StatementKind.REPLICATION,
            StatementKind.CREATE_REPLICATION_SLOT,
            StatementKind.ALTER_REPLICATION_SLOT,
            StatementKind.DROP_REPLICATION_SLOT,
            StatementKind.SALLYPORT,
            StatementKind.UNREADABLE);

    private static boolean fits(StatementKind kind, String tag) {
        byte[] body = (tag + "\0").getBytes(StandardCharsets.US_ASCII);
        return CommandTags.fits(kind, new WireReader(Unpooled.wrappedBuffer(body), 0, body.length));
    }

    @ParameterizedTest
    @EnumSource(StatementKind.class)
    void every_kind_has_tags_of_its_own(StatementKind kind) {
        List<String> tags = CommandTags.of(kind);
        assertThat(tags.isEmpty()).isEqualTo(ANY.contains(kind));
        assertThat(tags).allMatch(tag -> tag.matches("[A-Z]+( [A-Z]+)*") && fits(kind, tag) && fits(kind, tag + " 1"));
        assertThat(fits(kind, "NONE SUCH")).isEqualTo(tags.isEmpty());
    }

    /** What destroys is never taken for what reads. */
    @ParameterizedTest
    @EnumSource(
            value = StatementKind.class,
            names = {"SELECT", "SHOW", "FETCH", "EXPLAIN", "EXPLAIN_ANALYZE", "SET", "BEGIN", "COMMIT", "COPY_TO"})
    void no_reader_may_delete(StatementKind kind) {
        assertThat(List.of("DELETE 10", "UPDATE 1", "TRUNCATE TABLE", "DROP TABLE", "ALTER TABLE", "MERGE 1"))
                .noneMatch(tag -> fits(kind, tag));
    }

    @ParameterizedTest
    @CsvSource({"SELECT,SELECT 1", "SELECT,SELECT 12345678901", "INSERT,INSERT 0 1", "INSERT,INSERT 12 1"})
    void counts_are_not_looked_at(StatementKind kind, String tag) {
        assertThat(fits(kind, tag)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"SELECT,SELEC", "SELECT,SELECT INTO", "GRANT,GRANT ROLES", "SELECT,select 1", "CREATE_TABLE,CREATE"})
    void words_must_be_the_same(StatementKind kind, String tag) {
        assertThat(fits(kind, tag)).isFalse();
    }

    @Test
    void a_tag_without_its_end_fits_nothing() {
        byte[] body = "SELECT 1".getBytes(StandardCharsets.US_ASCII);
        assertThat(CommandTags.fits(StatementKind.SELECT, new WireReader(Unpooled.wrappedBuffer(body), 0, body.length)))
                .isFalse();
    }
}
