package io.sallyport.proxy.it.token;

import static io.sallyport.proxy.it.token.TokenStage.error;
import static io.sallyport.proxy.it.token.TokenStage.outcome;
import static io.sallyport.proxy.it.token.TokenStage.request;
import static io.sallyport.proxy.it.token.TokenStage.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests, grants and uses, through psql's protocol, in front of a real server. */
@Timeout(120)
final class TokenIT {
    @Test
    void denied_statement_is_requested_granted_and_runs_once() {
        try (TokenStage stage = new TokenStage();
                WireClient alice = stage.login("alice");
                WireClient bob = stage.login("bob")) {
            ServerMessage denied = error(alice.query("DELETE FROM t WHERE i = 1"));
            String code = Approver.code(denied);
            assertThat(denied.field('M')).isEqualTo("denied by Sallyport: rule \"deletes by token\"");
            assertThat(denied.field('H'))
                    .contains("nobody waits for a delete", "SALLYPORT GRANT " + code, "sallyport grant " + code);
            assertThat(request(alice, "delete /* again */ from t where i = 1")).isNotEqualTo(code);
            assertThat(request(alice, "DELETE  FROM t -- the same\n WHERE i = 1"))
                    .isEqualTo(code);

            assertThat(Rows.of(bob.query("SALLYPORT SHOW " + code)))
                    .contains(
                            List.of("requester", "alice"),
                            List.of("database", stage.database),
                            List.of("statement", "DELETE FROM t WHERE i = 1"),
                            List.of("the token covers", "DELETE FROM t WHERE i = 1"));
            assertThat(Rows.of(bob.query("SALLYPORT REQUESTS")).toString()).contains(code);
            String token = stage.grant(bob, code + " 'looked at it'");
            assertThat(say(bob, "SALLYPORT GRANT " + code)).startsWith("55000").contains("granted");

            assertThat(stage.present(alice, token)).isEqualTo("SET");
            List<ServerMessage> ran = alice.query("delete from t where i = 1");
            assertThat(outcome(ran)).startsWith("42501").contains("another statement");
            ran = alice.query("DELETE FROM t /* now */ WHERE i=1;");
            assertThat(ran.get(0).field('M')).contains("approval token of " + code, "granted by bob");
            assertThat(outcome(ran)).isEqualTo("DELETE 1");
            assertThat(stage.present(alice, token)).isEqualTo("SET");
            assertThat(say(alice, "DELETE FROM t WHERE i = 1"))
                    .startsWith("42501")
                    .contains("it is used up");
            assertThat(stage.rows("t")).isEqualTo("1");
            assertThat(String.join("\n", stage.proxy.audited()))
                    .contains(
                            "\"event\":\"token_requested\"",
                            "\"event\":\"token_granted\"",
                            "\"event\":\"token_used\"",
                            "\"event\":\"token_refused\"",
                            "\"command_tags\":[\"DELETE 1\"]");
            assertThat(stage.proxy.scrape())
                    .contains(
                            "sallyport_tokens_total{event=\"used\"} 1.0", "sallyport_tokens_total{event=\"granted\"}");
        }
    }

    @Test
    void nobody_grants_their_own_and_only_those_whom_the_rule_names_count() {
        try (TokenStage stage = new TokenStage();
                WireClient alice = stage.login("alice");
                WireClient bob = stage.login("bob");
                WireClient carol = stage.login("carol");
                WireClient dave = stage.login("dave")) {
            String code = request(alice, "DROP SCHEMA other CASCADE");
            assertThat(say(alice, "SALLYPORT GRANT " + code))
                    .startsWith("42501")
                    .contains("second person");
            assertThat(say(bob, "SALLYPORT GRANT " + code)).startsWith("42501").contains("not among those");
            assertThat(say(carol, "SALLYPORT GRANT " + code))
                    .startsWith("22023")
                    .contains("needs the name typed");
            assertThat(say(carol, "SALLYPORT GRANT " + code + " TYPED 'public'"))
                    .startsWith("22023");
            List<List<String>> first =
                    Rows.of(carol.query("SALLYPORT GRANT " + code + " 'one' TYPED 'other' FOR '30m'"));
            assertThat(first.get(0).get(0)).isEmpty();
            assertThat(first.get(0).get(2)).isEqualTo("waiting, 1 of 2: 1 more of leads");
            assertThat(say(carol, "SALLYPORT GRANT " + code + " TYPED 'other'")).startsWith("55000");
            assertThat(say(dave, "SALLYPORT GRANT " + code + " TYPED 'other' FOR '3d'"))
                    .startsWith("22023")
                    .contains("at most 1d");
            List<List<String>> second = Rows.of(dave.query("SALLYPORT GRANT " + code + " FOR '2h' TYPED 'other'"));
            stage.secrets.add(second.get(0).get(0));
            assertThat(second.get(0).get(5)).isIn("30m 0s", "29m 59s");
        }
    }

    @Test
    void flat_denial_takes_no_token() {
        try (TokenStage stage = new TokenStage();
                WireClient alice = stage.login("alice")) {
            ServerMessage denied = error(alice.query("TRUNCATE t"));
            assertThat(denied.fields().toString()).doesNotContain("GRANT");
            String token = stage.tokenFor("DELETE FROM t");
            stage.present(alice, token);
            assertThat(say(alice, "TRUNCATE t")).startsWith("42501").doesNotContain("token");
            assertThat(say(alice, "DELETE FROM t; TRUNCATE t"))
                    .startsWith("42501")
                    .doesNotContain("token");
        }
    }

    @Test
    void held_statement_runs_at_once_with_a_token_of_its_hold() {
        try (TokenStage stage = new TokenStage();
                WireClient alice = stage.login("alice");
                WireClient bob = stage.login("bob")) {
            alice.send(Frontend.query("UPDATE t SET name = 'x'"));
            String code = Approver.code(alice.readUntil('N').get(0));
            say(bob, "SALLYPORT REJECT " + code + " 'later'");
            alice.readUntilReady();
            String token = stage.grant(bob, code);
            stage.present(alice, token);
            List<ServerMessage> ran = alice.query("UPDATE t SET name = 'x'");
            assertThat(outcome(ran)).isEqualTo("UPDATE 2");
            assertThat(ran)
                    .noneMatch(message ->
                            message.type() == 'N' && message.field('M').contains("held"));
        }
    }

    @Test
    void token_is_good_for_its_role_database_and_settings_alone() {
        try (TokenStage stage = new TokenStage();
                TokenStage elsewhere = new TokenStage();
                WireClient alice = stage.login("alice");
                WireClient carol = stage.login("carol")) {
            String token = stage.tokenFor("DELETE FROM t WHERE i = 2");
            stage.present(carol, token);
            assertThat(say(carol, "DELETE FROM t WHERE i = 2")).contains("it is for another role");
            try (WireClient there = stage.proxy.login("alice", elsewhere.database)) {
                stage.present(there, token);
                assertThat(say(there, "DELETE FROM t WHERE i = 2")).contains("it is for another database");
            }
            stage.present(alice, token);
            alice.query("SET search_path TO other, public");
            ServerMessage refused = error(alice.query("DELETE FROM t WHERE i = 2"));
            assertThat(refused.field('M')).contains("another kind of session");
            assertThat(refused.field('D')).contains("search_path = other, public");
            assertThat(say(alice, "RESET search_path; DELETE FROM t WHERE i = 2"))
                    .contains("cannot run it as it is");
            alice.query("RESET search_path");
            alice.query("BEGIN");
            assertThat(say(alice, "DELETE FROM t WHERE i = 2")).isEqualTo("DELETE 1");
            alice.query("ROLLBACK");
            assertThat(say(alice, "DELETE FROM t WHERE i = 2")).startsWith("42501");
            assertThat(stage.rows("t")).isEqualTo("2");
        }
    }

    @Test
    void token_of_a_text_with_parameters_is_for_these_parameters() {
        try (TokenStage stage = new TokenStage();
                WireClient alice = stage.login("alice");
                WireClient bob = stage.login("bob")) {
            List<ServerMessage> denied = extended(alice, "DELETE FROM t WHERE i = $1::int", "2");
            String code = Approver.code(error(denied));
            assertThat(Rows.of(bob.query("SALLYPORT SHOW " + code))).contains(List.of("parameters", "$1 = '2'"));
            stage.present(alice, stage.grant(bob, code));
            assertThat(outcome(extended(alice, "DELETE FROM t WHERE i = $1::int", "1")))
                    .contains("another statement");
            assertThat(outcome(extended(alice, "DELETE FROM t WHERE i = $1::int", "2")))
                    .isEqualTo("DELETE 1");
        }
    }

    private static List<ServerMessage> extended(WireClient client, String sql, String... values) {
        client.send(Frontend.parse("", sql), Frontend.bind("", "", values), Frontend.execute("", 0), Frontend.sync());
        return client.readUntilReady();
    }

    @Test
    void token_is_presented_in_every_way_that_a_setting_is() {
        try (TokenStage stage = new TokenStage();
                WireClient alice = stage.login("alice")) {
            String sql = "DELETE FROM t WHERE i = 1";
            String comment = stage.tokenFor(sql);
            List<ServerMessage> ran = alice.query("/* sallyport.token=" + comment + " */ " + sql + " AND nothing = 1");
            assertThat(error(ran).field('M')).contains("another statement");
            assertThat(say(alice, "-- sallyport.token=" + comment + "\n" + sql)).isEqualTo("DELETE 1");

            String together = stage.tokenFor(sql);
            assertThat(say(alice, "SET SESSION sallyport.token TO '" + together + "'; " + sql))
                    .isEqualTo("DELETE 0");
            assertThat(Rows.of(alice.query("SHOW sallyport.token")).toString()).contains("xxxx");

            String function = stage.tokenFor(sql);
            List<ServerMessage> set = extended(alice, "SELECT set_config('sallyport.token', $1, false)", function);
            assertThat(Rows.of(set).get(0).get(0)).startsWith("spt-xxxx");
            assertThat(say(alice, sql)).isEqualTo("DELETE 0");

            String literal = stage.tokenFor(sql);
            alice.query("SELECT set_config('sallyport.token', '" + literal + "', false)");
            alice.query("RESET sallyport.token");
            assertThat(request(alice, sql)).isNotEmpty();
            assertThat(outcome(extended(alice, "SET sallyport.token = '" + literal + "'")))
                    .isEqualTo("SET");
            assertThat(outcome(extended(alice, sql))).isEqualTo("DELETE 0");

            String option = stage.tokenFor(sql);
            try (WireClient other = WireClient.connect(stage.proxy.port())) {
                other.send(Frontend.startup(
                        Frontend.PROTOCOL_3_0,
                        "user",
                        "alice",
                        "database",
                        stage.database,
                        "options",
                        "-c sallyport.token=" + option + " -c work_mem=7MB"));
                other.authenticate("alice", "");
                assertThat(Rows.of(other.query("SHOW work_mem"))).containsExactly(List.of("7MB"));
                assertThat(say(other, sql)).isEqualTo("DELETE 0");
            }
            String parameter = stage.tokenFor(sql);
            try (WireClient other = WireClient.connect(stage.proxy.port())) {
                other.send(Frontend.startup(
                        Frontend.PROTOCOL_3_0,
                        "user",
                        "alice",
                        "database",
                        stage.database,
                        "sallyport.token",
                        parameter));
                other.authenticate("alice", "");
                assertThat(say(other, sql)).isEqualTo("DELETE 0");
            }
        }
    }

    @Test
    void typing_errors_and_tokens_elsewhere_are_refused_before_anything_runs() {
        try (TokenStage stage = new TokenStage();
                WireClient alice = stage.login("alice")) {
            String token = stage.tokenFor("DELETE FROM t");
            String wrong = token.substring(0, 20) + (token.charAt(20) == '7' ? '8' : '7') + token.substring(21);
            stage.secrets.add(wrong);
            ServerMessage refused = error(alice.query("SET sallyport.token = '" + wrong + "'"));
            assertThat(refused.sqlState()).isEqualTo("22023");
            assertThat(refused.field('M')).contains("typing error");
            assertThat(outcome(extended(alice, "SELECT set_config('sallyport.token', $1, false)", wrong)))
                    .contains("typing error");
            for (String misplaced : List.of(
                    "INSERT INTO t VALUES (3, '" + token + "')",
                    "SET application_name = '" + token + "'",
                    "ALTER ROLE alice SET sallyport.token = '" + token + "'")) {
                assertThat(say(alice, misplaced)).startsWith("22023").contains("where it does not belong");
            }
            assertThat(outcome(extended(alice, "INSERT INTO t VALUES (3, $1)", token)))
                    .contains("where it does not belong");
            assertThat(stage.rows("t")).isEqualTo("2");
            try (WireClient other = WireClient.connect(stage.proxy.port())) {
                other.send(Frontend.startup(
                        Frontend.PROTOCOL_3_0, "user", "alice", "options", "-c sallyport.token=" + wrong));
                List<ServerMessage> seen = other.tryToAuthenticate("alice", "");
                assertThat(error(seen).field('M')).contains("typing error");
            }
        }
    }

    @Test
    void guess_learns_nothing_and_is_soon_not_listened_to() {
        try (TokenStage stage = new TokenStage();
                WireClient alice = stage.login("alice")) {
            for (int i = 0; i < 5; i++) {
                String guess = io.sallyport.proxy.token.TokenSecret.random().reveal();
                stage.present(alice, guess);
                ServerMessage refused = error(alice.query("DELETE FROM t"));
                assertThat(refused.field('M')).contains("no such token is known");
                assertThat(refused.field('D')).isEmpty();
            }
            String good = stage.tokenFor("DELETE FROM t");
            stage.present(alice, good);
            assertThat(say(alice, "DELETE FROM t")).contains("not looked at here for a while");
            assertThat(stage.rows("t")).isEqualTo("2");
        }
    }

    @Test
    void expired_token_does_not_do() throws InterruptedException {
        try (TokenStage stage = new TokenStage();
                WireClient alice = stage.login("alice");
                WireClient bob = stage.login("bob")) {
            String token = stage.grant(bob, request(alice, "DELETE FROM t") + " FOR '1s'");
            Thread.sleep(1_100);
            stage.present(alice, token);
            assertThat(say(alice, "DELETE FROM t")).contains("it is expired");
        }
    }

    @Test
    void failing_statement_has_used_the_token() {
        try (TokenStage stage = new TokenStage();
                WireClient alice = stage.login("alice")) {
            String sql = "DELETE FROM t WHERE i / 0 = 1";
            String token = stage.tokenFor(sql);
            stage.present(alice, token);
            List<ServerMessage> ran = alice.query(sql);
            assertThat(ran.get(0).field('D')).contains("also where the statement fails");
            assertThat(outcome(ran)).startsWith("22012");
            stage.present(alice, token);
            assertThat(say(alice, sql)).contains("it is used up");
        }
    }

    @Test
    void thousand_denials_are_one_request() {
        try (TokenStage stage = new TokenStage();
                WireClient alice = stage.login("alice");
                WireClient bob = stage.login("bob")) {
            for (int i = 0; i < 1_000; i++) {
                alice.query("DELETE FROM t");
            }
            assertThat(Rows.of(bob.query("SALLYPORT REQUESTS"))).hasSize(1);
            for (int i = 0; i < 60; i++) {
                alice.query("DELETE FROM t WHERE i = " + i);
            }
            assertThat(Rows.of(bob.query("SALLYPORT REQUESTS"))).hasSize(50);
            assertThat(error(alice.query("DELETE FROM t WHERE i = 99")).field('H'))
                    .contains("you have too many of them open");
        }
    }

    @Test
    void stricter_rule_wants_a_token_of_its_own() {
        try (TokenStage stage = new TokenStage(Map.of());
                WireClient alice = stage.login("alice");
                WireClient carol = stage.login("carol")) {
            String code = request(alice, "DELETE FROM t; DROP TABLE t");
            assertThat(say(carol, "SALLYPORT GRANT " + code)).isEqualTo("SELECT 1");
            assertThat(Rows.of(carol.query("SALLYPORT SHOW " + code))).contains(List.of("missing", "1 more of leads"));
        }
    }
}
