package io.sallyport.proxy.it.server;

import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The second person, in a session of their own through the proxy. */
public final class Approver implements AutoCloseable {
    private static final Pattern CODE = Pattern.compile("\\b[A-Z0-9]{4}-[A-Z0-9]{4}\\b");

    private final WireClient client;

    public Approver(TestProxy proxy, String role, String database) {
        client = proxy.login(role, database);
    }

    /** The hold that a message names. */
    public static String code(ServerMessage notice) {
        return find(notice.fields().toString()).orElseThrow(() -> new AssertionError("no hold code in " + notice));
    }

    /** The first hold that waits, once there is one. */
    public String awaitHold() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .until(() -> find(Rows.of(client.query("SALLYPORT HOLDS")).toString()), Optional::isPresent)
                .orElseThrow();
    }

    public boolean noHolds() {
        return find(Rows.of(client.query("SALLYPORT HOLDS")).toString()).isEmpty();
    }

    /** Whether the vote was taken. */
    public boolean approve(String code) {
        return client.query("SALLYPORT APPROVE " + code).stream().noneMatch(message -> message.type() == 'E');
    }

    public boolean reject(String code, String why) {
        return client.query("SALLYPORT REJECT " + code + " '" + why + "'").stream()
                .noneMatch(message -> message.type() == 'E');
    }

    private static Optional<String> find(String text) {
        return CODE.matcher(text).results().map(MatchResult::group).findFirst();
    }

    @Override
    public void close() {
        client.close();
    }
}
