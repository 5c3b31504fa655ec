package io.sallyport.proxy.it.trace;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Words of a transcript line: bare, or quoted with the escapes \n \t \r \0 \\ \" \xHH. */
final class Words {
    private final String line;
    private int at;

    private Words(String line) {
        this.line = line;
    }

    /** One word; only a quoted one may be empty or spell NULL. */
    record Word(String text, boolean quoted) {}

    static List<Word> split(String line) {
        Words words = new Words(line);
        List<Word> all = new ArrayList<>();
        while (words.skipBlanks()) {
            all.add(words.next());
        }
        return all;
    }

    static List<String> texts(String line) {
        return split(line).stream().map(Word::text).toList();
    }

    static String quote(byte[] bytes) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : new String(bytes, StandardCharsets.UTF_8).toCharArray()) {
            quoted.append(
                    switch (c) {
                        case '\n' -> "\\n";
                        case '\t' -> "\\t";
                        case '\r' -> "\\r";
                        case '\\' -> "\\\\";
                        case '"' -> "\\\"";
                        default -> c < ' ' ? String.format("\\x%02x", (int) c) : String.valueOf(c);
                    });
        }
        return quoted.append('"').toString();
    }

    static String quote(String text) {
        return quote(text.getBytes(StandardCharsets.UTF_8));
    }

    private boolean skipBlanks() {
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at < line.length();
    }

    private Word next() {
        if (line.charAt(at) == '"') {
            at++;
            return new Word(quoted(), true);
        }
        int start = at;
        while (at < line.length() && line.charAt(at) != ' ') {
            at++;
        }
        return new Word(line.substring(start, at), false);
    }

    private String quoted() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (at < line.length() && line.charAt(at) != '"') {
            if (line.charAt(at) == '\\') {
                at++;
                bytes.writeBytes(escape());
            } else {
                int end = line.offsetByCodePoints(at, 1);
                bytes.writeBytes(line.substring(at, end).getBytes(StandardCharsets.UTF_8));
                at = end;
            }
        }
        if (at == line.length()) {
            throw new AssertionError("closing quote missing in: " + line);
        }
        at++;
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private byte[] escape() {
        char c = line.charAt(at++);
        return switch (c) {
            case 'n' -> new byte[] {'\n'};
            case 't' -> new byte[] {'\t'};
            case 'r' -> new byte[] {'\r'};
            case '0' -> new byte[] {0};
            case '\\', '"' -> new byte[] {(byte) c};
            case 'x' -> {
                at += 2;
                yield HexFormat.of().parseHex(line, at - 2, at);
            }
            default -> throw new AssertionError("unknown escape \\" + c + " in: " + line);
        };
    }
}
