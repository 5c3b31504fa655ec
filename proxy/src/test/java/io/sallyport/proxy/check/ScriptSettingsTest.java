package io.sallyport.proxy.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptSettingsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                SET standard_conforming_strings = off                        | false | true
                SET standard_conforming_strings TO 'OF'                      | false | true
                SET standard_conforming_strings = 0                          | false | true
                SET standard_conforming_strings = on                         | true  | true
                SET LOCAL standard_conforming_strings = f                    | false | true
                SET standard_conforming_strings = off; RESET ALL             | true  | true
                SET standard_conforming_strings = off; SET standard_conforming_strings TO DEFAULT | true | true
                SET client_encoding = 'SJIS'                                 | true  | false
                SET NAMES 'windows-936'                                      | true  | false
                SET NAMES 'latin1'                                           | true  | true
                ALTER ROLE bob SET standard_conforming_strings = off         | true  | true
                SELECT 1                                                     | true  | true
                """)
    void a_script_is_read_on_as_its_own_settings_say(String sql, boolean conforming, boolean safe) {
        ScriptSettings settings = new ScriptSettings(LexerSettings.DEFAULT);
        LexerSettings found = LexerSettings.DEFAULT;
        for (var facts : SqlAnalyzer.tokens(sql.getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT)
                .statements()) {
            found = settings.after(facts);
        }
        assertThat(found).isEqualTo(new LexerSettings(conforming, safe));
    }
}
