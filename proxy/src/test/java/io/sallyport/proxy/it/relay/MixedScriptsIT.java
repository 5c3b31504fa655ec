package io.sallyport.proxy.it.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Everything mixed: whatever a random conversation gets from the server it gets, byte for byte, through the proxy. */
final class MixedScriptsIT {
    /** One seed again: {@code -Dmixed.seed=N}; more of them: {@code -Dmixed.scripts=N}. */
    private static final long SCRIPTS = Long.getLong("mixed.scripts", 60);

    private static final int STEPS = 60;
    private static final String UNKNOWN_NAME = "E 26000";

    private final TestServer server = TestServer.shared();

    @TestFactory
    Stream<DynamicTest> the_proxy_answers_a_random_script_as_the_server_does() {
        Long only = Long.getLong("mixed.seed");
        LongStream seeds = only == null ? LongStream.range(0, SCRIPTS) : LongStream.of(only);
        return seeds.mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> compare(seed)));
    }

    private void compare(long seed) {
        List<byte[]> script = new ScriptGenerator(seed).script(STEPS);
        List<String> direct = play(server.port(), script, seed);
        assertThat(direct).hasSizeGreaterThan(STEPS);
        try (TestProxy proxy = TestProxy.start(server, seed % 2 == 0 ? "allow" : "deny-deletes")) {
            List<String> through = play(proxy.port(), script, seed);
            for (int i = 0; i < direct.size(); i++) {
                String got = i < through.size() ? through.get(i) : "nothing";
                if (!sameOrRefusedByName(direct.get(i), got)) {
                    assertThat(got)
                            .as(
                                    "message %d, after %s, of the script%n%s",
                                    i, direct.subList(Math.max(0, i - 4), i), shown(script))
                            .isEqualTo(direct.get(i));
                }
            }
            assertThat(through).hasSameSizeAs(direct);
        }
    }

    private List<String> play(int port, List<byte[]> script, long seed) {
        String database = server.freshDatabase();
        server.run(database, "CREATE TABLE t (i int, s text); GRANT ALL ON t TO PUBLIC");
        Random pieces = new Random(seed);
        try (WireClient client = WireClient.login(port, "alice", database)) {
            // Writing and reading at once: a long script must not wait for its own answers.
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (byte[] step : script) {
                    client.inPiecesOf(1 + pieces.nextInt(4000)).send(step);
                }
            });
            List<String> answer = new ArrayList<>();
            for (ServerMessage message : client.readUntil(ServerMessage.END)) {
                answer.add(masked(message));
            }
            writer.join();
            return answer;
        }
    }

    /** In a failed transaction the server does not look at names; the proxy does, and both are an error. */
    private static boolean sameOrRefusedByName(String direct, String through) {
        return direct.equals(through) || (through.equals(UNKNOWN_NAME) && direct.contains("|C25P02|"));
    }

    private static String shown(List<byte[]> script) {
        return script.stream()
                .map(step -> new String(step, ISO_8859_1).replaceAll("[\\x00-\\x1f]+", "|"))
                .collect(Collectors.joining("\n"));
    }

    /**
     * Two databases give a table two OIDs; and a name that the proxy does not know it refuses itself, with the
     * server's SQLSTATE but another hint. All else must be equal.
     */
    private static String masked(ServerMessage message) {
        if (message.type() == 'E' && message.sqlState().equals("26000")) {
            return UNKNOWN_NAME;
        }
        return message.type() == 'T' ? RowDescriptionMask.mask(message) : message.toString();
    }
}
