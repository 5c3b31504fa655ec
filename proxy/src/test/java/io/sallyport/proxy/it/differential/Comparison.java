package io.sallyport.proxy.it.differential;

import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.sql.LexerSettings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds our splitting against a server's. Equal counts are proved, not guessed: the server accepts the whole string, takes each of our pieces
 * for exactly one statement, and finds none in what we leave between them.
 */
final class Comparison {
    private static final int CHUNK = 500;

    private final ServerParser server;
    private final LexerSettings settings;
    private final List<String> differences = new ArrayList<>();
    private final Map<String, String> unreadable = new TreeMap<>();
    private int strings;
    private int accepted;

    Comparison(ServerParser server, LexerSettings settings) {
        this.server = server;
        this.settings = settings;
    }

    void compare(List<byte[]> texts) {
        for (int i = 0; i < texts.size(); i += CHUNK) {
            chunk(texts.subList(i, Math.min(texts.size(), i + CHUNK)));
        }
    }

    private void chunk(List<byte[]> texts) {
        List<Count> wholes = server.wholes(texts);
        List<Expected> expected = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (wholes.get(i) != Count.REJECTED) {
                accepted++;
                expect(texts.get(i), wholes.get(i), expected);
            }
        }
        strings += texts.size();
        List<Count> counts =
                server.exactly(expected.stream().map(Expected::piece).toList());
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i) != expected.get(i).count()) {
                differ(expected.get(i), counts.get(i));
            }
        }
    }

    private record Expected(byte[] text, byte[] piece, Count count) {}

    /** What we cannot read is held whatever it is; everything else is to be what the server sees. */
    private void expect(byte[] text, Count whole, List<Expected> expected) {
        List<StatementFacts> statements = SqlAnalyzer.tokens(text, settings).statements();
        for (StatementFacts facts : statements) {
            String reason = facts.unreadable();
            if (reason != null) {
                unreadable.put(shown(text), reason);
                return;
            }
        }
        if ((whole == Count.NONE) != statements.isEmpty()) {
            differences.add(shown(text) + ": the server finds " + whole + ", we " + statements.size());
            return;
        }
        ByteArrayOutputStream between = new ByteArrayOutputStream();
        int end = 0;
        for (StatementFacts facts : statements) {
            expected.add(new Expected(text, Arrays.copyOfRange(text, facts.start(), facts.end()), Count.ONE));
            between.write(text, end, facts.start() - end);
            end = facts.end();
            // A comment up to the end of a line must not swallow the next gap.
            between.write('\n');
        }
        between.write(text, end, text.length - end);
        expected.add(new Expected(text, between.toByteArray(), Count.NONE));
    }

    private void differ(Expected expected, Count count) {
        differences.add(shown(expected.text()) + ": where we see " + expected.count() + " the server sees " + count
                + " in " + shown(expected.piece()));
    }

    /** Bytes as characters, so that a failure can be played again. */
    private static String shown(byte[] text) {
        StringBuilder out = new StringBuilder();
        new String(text, StandardCharsets.ISO_8859_1).chars().forEach(c -> {
            if (c >= ' ' && c < 0x7f) {
                out.append((char) c);
            } else {
                out.append("⟨%02x⟩".formatted(c));
            }
        });
        return out.toString();
    }

    List<String> differences() {
        return differences;
    }

    /** Strings that the server accepts and we do not read, with our reason. */
    Map<String, String> unreadable() {
        return unreadable;
    }

    int strings() {
        return strings;
    }

    int accepted() {
        return accepted;
    }
}
