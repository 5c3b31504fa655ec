package io.sallyport.proxy.it.wirediff;

import io.sallyport.proxy.it.trace.FrontendLine;
import io.sallyport.proxy.it.wire.BackendKey;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plays a script at one port and gives what every connection heard, and what was then asked past the proxy. */
final class ScriptRun implements AutoCloseable {
    private static final String MAIN = "main";

    private final WireScript script;
    private final WireStage stage;
    private final int port;
    private final MessageMask mask;
    private final Map<String, Speaker> speakers = new LinkedHashMap<>();
    private final List<String> checks = new ArrayList<>();
    private Speaker speaker;

    private ScriptRun(WireScript script, WireStage stage, int port) {
        this.script = script;
        this.stage = stage;
        this.port = port;
        this.mask = new MessageMask(script);
        speaker = open(MAIN, script.login() ? script.role() : "");
    }

    static List<String> play(WireScript script, WireStage stage, int port) {
        stage.prepare(script.setup());
        try (ScriptRun run = new ScriptRun(script, stage, port)) {
            return run.play();
        }
    }

    private List<String> play() {
        for (String line : script.play()) {
            if (line.startsWith("F ")) {
                speaker.queue(FrontendLine.bytes(line.substring(2)));
            } else if (line.startsWith("# check ")) {
                checks.add(line.substring(8));
            } else if (line.startsWith("# ")) {
                speaker.flush();
                direct(line.substring(2).split(" ", 2));
            } else {
                throw new AssertionError("expected F, # or -- at the start, found: " + line);
            }
        }
        List<String> all = new ArrayList<>();
        speakers.forEach((name, each) -> each.rest().forEach(text -> all.add(name + " " + text)));
        checks.forEach(sql -> all.add(sql + " => " + stage.ask(sql)));
        return all;
    }

    private void direct(String[] words) {
        String rest = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "wait" -> await(rest.split(" ", 2));
            case "byte" -> speaker.awaitByte();
            case "open" -> speaker = open(rest.split(" ", 2)[0], rest.split(" ", 2)[1]);
            case "connect" -> speaker = open(rest, "");
            case "on" -> speaker = of(rest);
            case "authenticate" -> speaker.authenticate(rest.split(" ", 2)[0], rest.split(" ", 2)[1]);
            case "other" ->
                stage.run(rest.replace(
                        "$pid", Integer.toString(of(MAIN).client().key().pid())));
            case "cancel" -> cancel(of(MAIN).client().key());
            case "forged" -> cancel(of(MAIN).client().key().forged());
            case "finish" -> speaker.finish();
            case "vanish" -> speaker.vanish();
            default -> throw new AssertionError("unknown directive: # " + words[0]);
        }
    }

    private Speaker of(String name) {
        Speaker known = speakers.get(name);
        if (known == null) {
            throw new AssertionError("no connection " + name);
        }
        return known;
    }

    private void await(String[] words) {
        speaker.await(words[0].charAt(0), words.length > 1 ? Integer.parseInt(words[1]) : 1);
    }

    private Speaker open(String name, String role) {
        WireClient client = WireClient.connect(port).inPiecesOf(script.pieceBytes());
        Speaker opened = new Speaker(client, !role.isEmpty(), mask);
        speakers.put(name, opened);
        if (!role.isEmpty()) {
            opened.queue(Frontend.startup(Frontend.PROTOCOL_3_0, "user", role, "database", WireStage.DATABASE));
            opened.await('Z', 1);
        }
        return opened;
    }

    /** The server closes a cancel request's connection when the signal is sent. */
    private void cancel(BackendKey key) {
        try (WireClient canceller = WireClient.connect(port)) {
            canceller.send(Frontend.cancelRequest(key));
            canceller.readUntil(ServerMessage.END);
        }
    }

    @Override
    public void close() {
        speakers.values().forEach(Speaker::close);
    }
}
