package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.closeStatement;
import static io.sallyport.proxy.it.wire.Frontend.copyData;
import static io.sallyport.proxy.it.wire.Frontend.copyDone;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.flush;
import static io.sallyport.proxy.it.wire.Frontend.functionCall;
import static io.sallyport.proxy.it.wire.Frontend.join;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.session.fakes.FakeSession;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a client sends, in whatever fragments: what nobody approved is never run. */
class RandomClientTest extends StagedTest {
    private static final int ROUNDS = 400;

    /** A string while strings are standard. */
    private static final String HIDDEN = "SELECT '\\', '; DELETE FROM users; --'";

    private static final String SET = "SET standard_conforming_strings = off";

    private static final List<byte[]> MESSAGES = List.of(
            query("SELECT 1"),
            query("DELETE FROM users"),
            query("INSERT INTO t VALUES (1); DELETE FROM users"),
            query("DROP TABLE users"),
            query("COPY users FROM STDIN"),
            query(SET),
            query(HIDDEN),
            query("PREPARE destroyer AS DELETE FROM users"),
            query("EXECUTE destroyer"),
            query("UPDATE users SET a = 1 /* " + "x".repeat(33_000) + " */"),
            query("SALLYPORT STATUS"),
            join(parse("destroyer", "DELETE FROM users"), sync()),
            join(parse("harmless", "SELECT 1"), sync()),
            parse("harmless", "DELETE FROM users"),
            bind("", "destroyer"),
            bind("", "harmless"),
            closeStatement("harmless"),
            execute("", 0),
            copyData(new byte[30]),
            copyDone(),
            functionCall(1, List.of()),
            flush(),
            sync());

    @Test
    void what_nobody_approved_is_never_run() {
        Random random = new Random(20261121);
        int held = 0;
        for (int round = 0; round < ROUNDS; round++) {
            FakeSession client = FakeSession.of(stage, "eve");
            boolean notStandard = false;
            for (int i = 0; i < 30; i++) {
                send(client, MESSAGES.get(random.nextInt(MESSAGES.size())), random);
                if (random.nextBoolean()) {
                    stage.runWork();
                }
                if (!stage.holds.waiting().isEmpty() && random.nextInt(3) == 0) {
                    held++;
                    stage.resolve(
                            random.nextBoolean()
                                    ? new Resolution.Rejected("bob", "no")
                                    : new Resolution.Withdrawn("canceled by the requester"));
                }
                for (String sent : client.toServer()) {
                    notStandard |= sent.equals("Q " + SET);
                    if (notStandard) {
                        harmless(sent);
                    } else {
                        harmlessAsRead(sent);
                    }
                }
            }
            client.session.clientGone();
            stage.runWork();
        }
        assertThat(held).as("the rounds meet holds at all").isGreaterThan(ROUNDS);
    }

    private static void harmlessAsRead(String sent) {
        if (!sent.equals("Q " + HIDDEN)) {
            harmless(sent);
        }
    }

    /** Preparing runs nothing; the gate is Bind. */
    private static void harmless(String sent) {
        if (sent.startsWith("Q ")) {
            assertThat(sent).doesNotContain("DELETE", "DROP", "UPDATE", "COPY", "EXECUTE destroyer");
        }
        assertThat(sent).isNotEqualTo("B  destroyer");
    }

    private static void send(FakeSession client, byte[] message, Random random) {
        int cut = random.nextInt(message.length);
        client.sends(Arrays.copyOf(message, cut)).sends(Arrays.copyOfRange(message, cut, message.length));
    }
}
