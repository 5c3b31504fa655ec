package io.sallyport.proxy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.proxy.access.AccessWish;
import io.sallyport.proxy.approval.Ballot;
import io.sallyport.proxy.hold.HoldCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleParserTest {
    private static final HoldCode CODE = HoldCode.parse("K7Q4-F2MD");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SALLYPORT APPROVE K7Q4-F2MD",
                "sallyport approve k7q4-f2md;",
                "  Sallyport\n\tAPPROVE 'K7Q4-F2MD' ; "
            })
    void statements_are_read_in_any_case_and_spacing(String text) throws ConsoleError {
        assertThat(ConsoleParser.parse(text)).isEqualTo(new ConsoleCommand.Approve(CODE, Ballot.EMPTY));
    }

    @Test
    void every_statement_is_known() throws ConsoleError {
        assertThat(ConsoleParser.parse("SALLYPORT HOLDS")).isEqualTo(new ConsoleCommand.ListHolds());
        assertThat(ConsoleParser.parse("SALLYPORT STATUS")).isEqualTo(new ConsoleCommand.Status());
        assertThat(ConsoleParser.parse("SALLYPORT HELP")).isEqualTo(new ConsoleCommand.Help());
        assertThat(ConsoleParser.parse("SALLYPORT")).isEqualTo(new ConsoleCommand.Help());
        assertThat(ConsoleParser.parse("SALLYPORT SHOW K7Q4-F2MD")).isEqualTo(new ConsoleCommand.Show(CODE));
        assertThat(ConsoleParser.parse("SALLYPORT REJECT K7Q4-F2MD 'no'"))
                .isEqualTo(new ConsoleCommand.Reject(CODE, "no"));
    }

    @Test
    void an_approval_takes_names_and_a_reason_in_either_order() throws ConsoleError {
        assertThat(ConsoleParser.parse("SALLYPORT APPROVE K7Q4-F2MD 'it''s fine'"))
                .isEqualTo(new ConsoleCommand.Approve(CODE, new Ballot("it's fine", "")));
        assertThat(ConsoleParser.parse("sallyport approve k7q4-f2md typed 'Orders', 'b''c' 'fine';"))
                .isEqualTo(new ConsoleCommand.Approve(CODE, new Ballot("fine", "Orders, b'c")));
        assertThat(ConsoleParser.parse("SALLYPORT APPROVE 'K7Q4-F2MD' 'fine' TYPED 'x'"))
                .isEqualTo(new ConsoleCommand.Approve(CODE, new Ballot("fine", "x")));
        assertThat(ConsoleParser.parse("SALLYPORT WITHDRAW K7Q4-F2MD")).isEqualTo(new ConsoleCommand.Withdraw(CODE));
        assertThat(ConsoleParser.parse("SALLYPORT REASON 'ticket 7'")).isEqualTo(new ConsoleCommand.Reason("ticket 7"));
        assertThat(ConsoleParser.parse("SALLYPORT BREAK GLASS K7Q4-F2MD 'on fire'"))
                .isEqualTo(new ConsoleCommand.BreakGlass(CODE, "on fire"));
    }

    @Test
    void access_tokens_are_made_listed_and_revoked() throws ConsoleError {
        assertThat(ConsoleParser.parse("SALLYPORT ACCESS TOKEN 'bob''s CI'"))
                .isEqualTo(new ConsoleCommand.MakeAccessToken(new AccessWish("bob's CI", null)));
        assertThat(ConsoleParser.parse("sallyport access token 'ci' for '8h';"))
                .isEqualTo(new ConsoleCommand.MakeAccessToken(new AccessWish("ci", Duration.ofHours(8))));
        assertThat(ConsoleParser.parse("SALLYPORT ACCESS TOKENS ;")).isEqualTo(new ConsoleCommand.ListAccessTokens());
        assertThat(ConsoleParser.parse("SALLYPORT REVOKE ACCESS TOKEN KQHWZMRT;"))
                .isEqualTo(new ConsoleCommand.RevokeAccessToken("kqhwzmrt"));
    }

    @Test
    void a_reason_keeps_its_quotes_spaces_and_semicolons() throws ConsoleError {
        assertThat(ConsoleParser.parse("SALLYPORT REJECT K7Q4-F2MD 'it''s  late; ask ''them'''"))
                .isEqualTo(new ConsoleCommand.Reject(CODE, "it's  late; ask 'them'"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "SALLYPORT APROVE K7Q4-F2MD,unknown statement SALLYPORT APROVE",
                "SALLYPORT APPROVE,\"expected SALLYPORT APPROVE code [TYPED 'name' [, 'name' …]] ['why']\"",
                "SALLYPORT APPROVE K7Q4-F2MD K7Q4-F2MD,\"expected SALLYPORT APPROVE code [TYPED 'name' [, 'name' …]] ['why']\"",
                "SALLYPORT APPROVE K7Q4-F2MD 'a' TYPED 'b' 'c',\"expected SALLYPORT APPROVE code [TYPED 'name' [, 'name' …]] ['why']\"",
                "SALLYPORT APPROVE K7Q4-F2MD TYPED b,\"expected SALLYPORT APPROVE code [TYPED 'name' [, 'name' …]] ['why']\"",
                "SALLYPORT ACCESS TOKEN ci,\"expected SALLYPORT ACCESS TOKEN 'label' [FOR '8h'], or SALLYPORT ACCESS TOKENS\"",
                "SALLYPORT ACCESS TOKEN 'ci' FOR 'soon',\"\"\"soon\"\" is not a duration; expected one such as '8h' or '30d'\"",
                "SALLYPORT REVOKE ACCESS TOKEN,expected SALLYPORT REVOKE ACCESS TOKEN id",
                "SALLYPORT REVOKE ALL,expected SALLYPORT REVOKE ACCESS TOKEN id",
                "SALLYPORT REASON,expected SALLYPORT REASON 'text'",
                "SALLYPORT REASON ' ',\"expected SALLYPORT REASON 'text', found no text\"",
                "SALLYPORT WITHDRAW,expected SALLYPORT WITHDRAW code",
                "SALLYPORT BREAK GLASS K7Q4-F2MD,expected SALLYPORT BREAK GLASS code 'why'",
                "SALLYPORT BREAK GLASS K7Q4-F2MD '',\"expected SALLYPORT BREAK GLASS code 'why', found no text\"",
                "SALLYPORT BREAK GRASS K7Q4-F2MD 'x',expected SALLYPORT BREAK GLASS code 'why'",
                "SALLYPORT APPROVE K7Q4,\"\"\"K7Q4\"\" is not a hold code: expected the form K7Q4-F2MD\"",
                "SALLYPORT SHOW,expected SALLYPORT SHOW code",
                "SALLYPORT REJECT K7Q4-F2MD,expected SALLYPORT REJECT code 'why'",
                "SALLYPORT REJECT K7Q4-F2MD too late,expected SALLYPORT REJECT code 'why'",
                "SALLYPORT REJECT K7Q4-F2MD 'open,unexpected ' in SALLYPORT statement",
                "SALLYPORT HOLDS; SALLYPORT STATUS,expected SALLYPORT HOLDS",
                "SALLYPORT STATUS now,expected SALLYPORT STATUS"
            })
    void what_cannot_be_read_says_what_was_expected(String text, String message) {
        ConsoleError error = catchThrowableOfType(ConsoleError.class, () -> ConsoleParser.parse(text));
        assertThat(error).hasMessage(message);
        assertThat(error.sqlState()).isEqualTo("42601");
    }
}
