package io.sallyport.proxy.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class TokenSecretTest {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    @RepeatedTest(5)
    void token_is_read_back_as_people_type_it() {
        TokenSecret secret = TokenSecret.random();
        String text = secret.reveal();
        assertThat(text).matches("spt(-[0-9A-HJKMNP-TV-Z]{4}){6}");
        for (String typed : new String[] {
            text,
            " " + text + "\n",
            text.toLowerCase(java.util.Locale.ROOT),
            text.toUpperCase(java.util.Locale.ROOT),
            "spt-" + text.substring(4).replace("-", ""),
            text.replace('0', 'O').replace('1', 'l')
        }) {
            assertThat(hash(typed)).as(typed).isEqualTo(secret.hash());
        }
    }

    @Test
    void every_wrong_character_shows() {
        String text = TokenSecret.random().reveal();
        for (int i = 4; i < text.length(); i++) {
            for (int j = 0; j < ALPHABET.length(); j++) {
                char other = ALPHABET.charAt(j);
                if (text.charAt(i) != '-' && text.charAt(i) != other) {
                    assertThat(TokenSecret.parse(text.substring(0, i) + other + text.substring(i + 1)))
                            .isNull();
                }
            }
        }
    }

    @Test
    void two_characters_that_changed_places_show() {
        String characters = TokenSecret.random().reveal().substring(4).replace("-", "");
        for (int i = 0; i < characters.length(); i++) {
            for (int j = i + 1; j < characters.length(); j++) {
                StringBuilder changed = new StringBuilder(characters);
                changed.setCharAt(i, characters.charAt(j));
                changed.setCharAt(j, characters.charAt(i));
                if (!changed.toString().equals(characters)) {
                    assertThat(TokenSecret.parse("spt-" + changed)).isNull();
                }
            }
        }
    }

    @Test
    void other_texts_are_none() {
        String text = TokenSecret.random().reveal();
        for (String other :
                new String[] {"", "spt-", "spt", text.substring(4), text + "0", text.substring(1), "spt-ÄÖ"}) {
            assertThat(TokenSecret.parse(other)).as(other).isNull();
        }
    }

    @Test
    void secret_does_not_show_itself() {
        TokenSecret secret = TokenSecret.random();
        assertThat(secret).hasToString("spt-***");
        assertThat(secret.hash()).matches("[0-9a-f]{64}").doesNotContain(secret.reveal());
    }

    private static String hash(String typed) {
        return Objects.requireNonNull(TokenSecret.parse(typed), typed).hash();
    }
}
