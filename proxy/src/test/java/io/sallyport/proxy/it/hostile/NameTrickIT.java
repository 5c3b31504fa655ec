package io.sallyport.proxy.it.hostile;

import io.sallyport.proxy.it.wire.Frontend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Making the proxy believe that a name stands for something harmless; each trick works without the proxy. The error named
 * is the trick's own; that the rows stay shows that it was in vain.
 */
@Timeout(120)
final class NameTrickIT {
    private static final String DELETE = "DELETE FROM t";
    private static final byte[] SYNC = Frontend.sync();
    private static final byte[] FLUSH = Frontend.flush();

    private final BypassStage stage = new BypassStage();

    /** The tag PREPARE comes of the EXECUTE; the PREPARE itself fails, for the name is taken. */
    @Test
    void a_prepare_of_an_execute_does_not_confirm_another() {
        stage.stops(
                attacker -> {
                    attacker.synced(Frontend.parse("s", DELETE), SYNC);
                    attacker.synced(Frontend.parse("x", "PREPARE u AS SELECT 2"), SYNC);
                    attacker.synced(Frontend.query("EXECUTE x; PREPARE s AS SELECT 1"));
                    attacker.synced(Frontend.query("EXECUTE s"));
                },
                "42P05");
    }

    /** The tag DEALLOCATE comes of the EXECUTE; the DEALLOCATE itself is never reached. */
    @Test
    void a_deallocate_of_an_execute_does_not_forget_another() {
        stage.stops(
                attacker -> {
                    attacker.synced(Frontend.parse("q", "SELECT 1"), SYNC);
                    attacker.synced(Frontend.parse("s", DELETE), SYNC);
                    attacker.synced(Frontend.parse("y", "DEALLOCATE q"), SYNC);
                    attacker.synced(Frontend.query("EXECUTE y; SELECT 1/0; DEALLOCATE s"));
                    attacker.synced(Frontend.query("PREPARE s AS SELECT 1"));
                    attacker.synced(Frontend.query("EXECUTE s"));
                },
                "22012");
    }

    /** A SET that was bound in an earlier batch runs by Execute alone. */
    @Test
    void an_execute_of_an_older_portal_puts_the_reading_in_doubt() {
        stage.stops(
                attacker -> {
                    attacker.synced(Frontend.query("BEGIN"));
                    attacker.synced(
                            Frontend.parse("", "SET standard_conforming_strings = off"), Frontend.bind("p", ""), SYNC);
                    attacker.flushed('C', Frontend.execute("p", 0), FLUSH);
                    attacker.synced(Frontend.query("SELECT '\\', ' ; DELETE FROM t; COMMIT; --'"));
                },
                "held");
    }
}
