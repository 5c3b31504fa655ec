package io.sallyport.policies.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenDigestTest {
    private static final LexerSettings BACKSLASHES = new LexerSettings(false, true);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DELETE FROM t|DELETE /* all */ FROM\t t -- really",
                "SELECT 1+2|SELECT 1 + 2",
                "DROP TABLE a,b|/* x */DROP TABLE a , b "
            })
    void white_space_and_comments_do_not_matter(String one, String other) {
        assertThat(digest(one)).isEqualTo(digest(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DELETE FROM t WHERE x = 'a'|DELETE FROM t WHERE x = 'b'",
                "DELETE FROM t WHERE x = 'a b'|DELETE FROM t WHERE x = 'a  b'",
                "DELETE FROM ab|DELETE FROM a b",
                "DELETE FROM \"t\"|DELETE FROM t",
                "SELECT 1 - -2|SELECT 1 --2",
                "SELECT 12|SELECT 1 2",
                "SELECT 'a' 'b'|SELECT 'a''b'"
            })
    void everything_else_does(String one, String other) {
        assertThat(digest(one)).isNotEqualTo(digest(other));
    }

    @Test
    void strings_that_the_server_reads_in_another_way_differ() {
        String text = "DELETE FROM t WHERE x = 'a\\n'";
        assertThat(digest(text, BACKSLASHES)).isNotEqualTo(digest(text));
        assertThat(digest("DELETE FROM t", BACKSLASHES)).isEqualTo(digest("DELETE FROM t"));
    }

    private static String digest(String text) {
        return digest(text, LexerSettings.DEFAULT);
    }

    private static String digest(String text, LexerSettings settings) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            TokenDigest.add(bytes, 0, bytes.length, settings, digest);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
