package io.sallyport.policies.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TokenListTest {
    @Test
    void names_fold_unquote_and_unescape_as_the_server_does() {
        TokenList tokens = tokens("Users \"Us\"\"ers\" U&\"d\\0061t\\+000061\" U&\"d!0061\" UESCAPE '!' ÉTÉ");
        assertThat(tokens.name(0)).isEqualTo("users");
        assertThat(tokens.name(1)).isEqualTo("Us\"ers");
        assertThat(tokens.name(2)).isEqualTo("data");
        assertThat(tokens.name(3)).isEqualTo("da");
        // Only ASCII letters fold in a multi-byte encoding.
        assertThat(tokens.name(4)).isEqualTo("ÉtÉ");
        assertThat(tokens.size()).isEqualTo(5);
    }

    @Test
    void names_are_cut_at_63_bytes_and_never_inside_a_character() {
        assertThat(tokens("a".repeat(70)).name(0)).isEqualTo("a".repeat(63));
        assertThat(tokens("\"" + "é".repeat(40) + "\"").name(0)).isEqualTo("é".repeat(31));
    }

    @Test
    void literals_have_the_value_that_the_server_gives_them() {
        TokenList tokens = tokens("'it''s' E'\\x41\\101\\n\\'\\u00e9' U&'\\0041' $x$y'$x$ 'a'\n'b'");
        assertThat(tokens.string(0)).isEqualTo("it's");
        assertThat(tokens.string(1)).isEqualTo("AA\n'é");
        assertThat(tokens.string(2)).isEqualTo("A");
        assertThat(tokens.string(3)).isEqualTo("y'");
        assertThat(tokens.string(4)).isEqualTo("ab");
    }

    @Test
    void word_behind_a_dot_is_no_key_word() {
        TokenList tokens = tokens("a.delete delete");
        assertThat(tokens.keyword(2)).isEqualTo(Keyword.NO_KEYWORD);
        assertThat(tokens.keyword(3)).isEqualTo(Keyword.DELETE);
    }

    @Test
    void parentheses_know_their_partners() {
        TokenList tokens = tokens("((a)(b))");
        assertThat(tokens.partner(0)).isEqualTo(7);
        assertThat(tokens.partner(3)).isEqualTo(1);
        assertThat(tokens.partner(4)).isEqualTo(6);
        assertThat(tokens.problem()).isNull();
    }

    @Test
    void canonical_text_holds_nothing_that_another_lexer_could_read_differently() {
        TokenList tokens =
                tokens("\"id\" /* ' */ = E'\\'x' AND \"odd;name\" != $1 -- '\n OR U&\"x\" OPERATOR(pg_catalog.=) 1");
        assertThat(tokens.canonical(0, tokens.size())).matches("id = 'u27x' and q_[0-9a-f]+_8 <> :p1 or x = 1");
    }

    private static TokenList tokens(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        return Objects.requireNonNull(new StatementSplitter(text, LexerSettings.DEFAULT).next());
    }
}
