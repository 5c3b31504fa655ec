package io.sallyport.proxy.client;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Asks for an undo, and waits for what becomes of it; whoever ends the program takes the wish back. */
public final class UndoWait {
    private static final long BETWEEN_MILLIS = 500;

    private final ApiClient client;
    private final String code;
    private final Consumer<String> tell;
    private final AtomicBoolean waiting = new AtomicBoolean();

    /** @param tell takes lines for a person */
    public UndoWait(ApiClient client, String code, Consumer<String> tell) {
        this.client = client;
        this.code = code;
        this.tell = tell;
    }

    /** What is known of the kept rows once they are back. */
    public JsonNode run(String reason) throws ApiFailure {
        String hold = client.undo(code, reason).path("code").asString("");
        Thread end = new Thread(this::withdraw);
        waiting.set(true);
        Runtime.getRuntime().addShutdownHook(end);
        try {
            tell.accept("waiting for a second person to approve " + HoldText.printable(hold) + "; Ctrl-C withdraws it");
            JsonNode ended = await(hold);
            waiting.set(false);
            return told(hold, ended);
        } finally {
            waiting.set(false);
            remove(end);
        }
    }

    private JsonNode await(String hold) throws ApiFailure {
        while (true) {
            JsonNode now = client.show(hold);
            String state = now.path("state").asString("");
            if (!state.equals("waiting") && (now.has("outcome") || !state.equals("approved"))) {
                return now;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                throw new ApiFailure("interrupted", hurried);
            }
        }
    }

    private JsonNode told(String hold, JsonNode ended) throws ApiFailure {
        JsonNode kept = client.kept(code);
        for (JsonNode net : kept.path("kept")) {
            if (net.path("rows").path("undoneBy").asString("").equals(hold)
                    && net.path("rows").path("state").asString("").equals("undone")) {
                return kept;
            }
        }
        String state = ended.path("state").asString("");
        if (!state.equals("approved")) {
            throw new ApiFailure(
                    "not undone: " + hold + " was " + state + " "
                            + HoldText.printable(ended.path("reason").asString("")),
                    null);
        }
        for (JsonNode net : kept.path("kept")) {
            String note = net.path("rows").path("note").asString("");
            if (!note.isEmpty()) {
                throw new ApiFailure(HoldText.printable(note), null);
            }
        }
        throw new ApiFailure("not undone: " + ended.path("outcome").asString(""), null);
    }

    private void withdraw() {
        if (waiting.getAndSet(false)) {
            try {
                JsonNode unused = client.withdrawUndo(code);
            } catch (ApiFailure gone) {
                tell.accept(String.valueOf(gone.getMessage()));
            }
        }
    }

    private static void remove(Thread end) {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException ending) {
            // It runs already.
        }
    }
}
