package io.sallyport.proxy.it.kept;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A token's use is an approval too: its rows are kept. */
@Timeout(120)
final class KeptByTokenIT {
    private static final String DELETE = "DELETE FROM t WHERE id < 4";

    @Test
    void token_keeps_rows_too_and_no_more_than_it_was_granted_for() {
        try (KeptStage stage = new KeptStage();
                WireClient bob = stage.proxy.login("bob", stage.database)) {
            stage.given("CREATE TABLE t AS SELECT i AS id FROM generate_series(1, 10) i");
            present(stage, bob, " ROWS 2");
            assertThat(KeptStage.outcome(stage.alice.query(DELETE)))
                    .isEqualTo("54000 stopped by Sallyport: it would touch more than the 2 rows that were granted");
            stage.awaitNothingLeft();
            present(stage, bob, "");
            assertThat(KeptStage.outcome(stage.alice.query(DELETE))).isEqualTo("DELETE 3");
            String table = stage.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'sallyport_kept'");
            assertThat(stage.ask("SELECT count(*) FROM sallyport_kept." + table))
                    .isEqualTo("3");
        }
    }

    /** Once it was used up, it takes another wish. */
    private static void present(KeptStage stage, WireClient bob, String rows) {
        stage.alice.send(Frontend.query(DELETE));
        String code = stage.held();
        assertThat(stage.bob.reject(code, "by token")).isTrue();
        stage.alice.readUntilReady();
        List<ServerMessage> granted = bob.query("SALLYPORT GRANT " + code + " FOR '30m'" + rows);
        String token = String.valueOf(Rows.of(granted).get(0).get(0));
        assertThat(KeptStage.outcome(stage.alice.query("SET sallyport.token = '" + token + "'")))
                .isEqualTo("SET");
    }
}
