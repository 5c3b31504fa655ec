package io.sallyport.proxy.it.trace;

import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.wire.BackendKey;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The # lines of a transcript: {@code other ROLE: SQL}, {@code other ROLE fails SQLSTATE: SQL} (or {@code any}), {@code truth SQL =>
 * value}, {@code capture NAME}, {@code silent MILLISECONDS}, {@code cancel}, {@code forged cancel}, {@code finish},
 * {@code reset}, {@code shutdown}.
 */
final class TraceDirectives {
    private static final Pattern OTHER = Pattern.compile("other (\\w+)(?: fails (\\w{5}|any))?: (.+)");
    private static final Pattern TRUTH = Pattern.compile("truth (.+) => ?(.*)");
    private static final Pattern HOLD_CODE = Pattern.compile("\\b[A-Z0-9]{4}-[A-Z0-9]{4}\\b");

    private final TraceStage stage;
    private final WireClient client;
    private final Map<String, String> captured = new HashMap<>();
    private @Nullable ServerMessage lastNotice;
    private boolean finished;
    private boolean reset;

    TraceDirectives(TraceStage stage, WireClient client) {
        this.stage = stage;
        this.client = client;
        captured.put("database", stage.database());
    }

    void seen(ServerMessage message) {
        if (message.type() == 'N') {
            lastNotice = message;
        }
    }

    /** No more can be sent. */
    boolean isFinished() {
        return finished;
    }

    /** No more can be read either. */
    boolean isReset() {
        return reset;
    }

    /** Replaces {@code $name} by what was captured under that name. */
    String expand(String text) {
        String expanded = text;
        for (Map.Entry<String, String> entry : captured.entrySet()) {
            expanded = expanded.replace("$" + entry.getKey(), entry.getValue());
        }
        return expanded;
    }

    void run(String line) {
        switch (line.split(" ", 2)[0]) {
            case "other" -> other(expand(line));
            case "truth" -> truth(line);
            case "capture" -> captured.put(line.split(" ", 2)[1], holdCode());
            case "silent" -> silent(Integer.parseInt(line.split(" ", 2)[1]));
            case "cancel" -> cancel(client.key());
            case "forged" -> cancel(client.key().forged());
            case "finish" -> {
                finished = true;
                client.finish();
            }
            case "reset" -> {
                reset = true;
                client.reset();
            }
            case "shutdown" -> stage.drain().run();
            default -> throw new AssertionError("unknown directive: # " + line);
        }
    }

    private void other(String line) {
        Matcher matcher = OTHER.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("expected 'other ROLE: SQL', found: " + line);
        }
        try (WireClient other = WireClient.login(stage.port(), matcher.group(1), stage.database())) {
            List<ServerMessage> answer = other.query(matcher.group(3));
            String state = answer.stream()
                    .filter(message -> message.type() == 'E')
                    .map(ServerMessage::sqlState)
                    .findFirst()
                    .orElse("");
            String expected = matcher.group(2) == null ? "" : matcher.group(2);
            boolean asExpected = expected.equals("any") ? !state.isEmpty() : state.equals(expected);
            if (!asExpected) {
                throw new AssertionError("SQLSTATE '" + state + "' instead of '" + expected + "': " + answer);
            }
        }
    }

    /** Asks the server past the proxy; other connections' work may still be on its way, so it may take a moment. */
    private void truth(String line) {
        Matcher matcher = TRUTH.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("expected 'truth SQL => value', found: " + line);
        }
        Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            List<ServerMessage> answer = stage.server().run(stage.database(), matcher.group(1));
            String value = String.join(
                    " ",
                    Rows.of(answer).stream().map(row -> String.join(",", row)).toList());
            if (!value.equals(matcher.group(2))) {
                throw new AssertionError(matcher.group(1) + " is " + value + ", not " + matcher.group(2));
            }
        });
    }

    private String holdCode() {
        if (lastNotice == null) {
            throw new AssertionError("no notice came before # capture");
        }
        Matcher matcher = HOLD_CODE.matcher(lastNotice.fields().toString());
        if (!matcher.find()) {
            throw new AssertionError("no hold code in " + lastNotice);
        }
        return matcher.group();
    }

    private void silent(int millis) {
        ServerMessage message = client.poll(Duration.ofMillis(millis));
        if (message != null) {
            throw new AssertionError("expected silence, got B " + BackendLine.of(message));
        }
    }

    /** On a connection of its own; the server closes it when it has done its part. */
    private void cancel(BackendKey key) {
        try (WireClient canceller = WireClient.connect(stage.port())) {
            canceller.send(Frontend.cancelRequest(key));
            canceller.readUntil(ServerMessage.END);
        }
    }
}
