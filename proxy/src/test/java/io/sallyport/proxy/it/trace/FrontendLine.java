package io.sallyport.proxy.it.trace;

import io.sallyport.proxy.it.trace.Words.Word;
import io.sallyport.proxy.it.wire.Body;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Turns an F line into the bytes it stands for. */
public final class FrontendLine {
    private final String line;
    private final List<Word> words;

    private FrontendLine(String line) {
        this.line = line;
        this.words = Words.split(line);
    }

    public static byte[] bytes(String line) {
        return new FrontendLine(line).message();
    }

    private byte[] message() {
        return switch (words.get(0).text()) {
            case "Query" -> Frontend.query(word(1));
            case "Parse" -> Frontend.parse(word(1), word(2), types());
            case "Bind" -> Frontend.bind(word(1), word(2), parameters(3), lastIs("binary"));
            case "Describe" ->
                word(1).equals("S") ? Frontend.describeStatement(word(2)) : Frontend.describePortal(word(2));
            case "Execute" -> Frontend.execute(word(1), words.size() > 2 ? Integer.parseInt(word(2)) : 0);
            case "Close" -> word(1).equals("S") ? Frontend.closeStatement(word(2)) : Frontend.closePortal(word(2));
            case "Sync" -> Frontend.sync();
            case "Flush" -> Frontend.flush();
            case "CopyData" -> Frontend.copyData(word(1).getBytes(StandardCharsets.UTF_8));
            case "CopyDone" -> Frontend.copyDone();
            case "CopyFail" -> Frontend.copyFail(word(1));
            case "FunctionCall" -> Frontend.functionCall(Integer.parseInt(word(1)), parameters(2));
            case "Terminate" -> Frontend.terminate();
            case "Password" -> Frontend.password(word(1));
            case "SSLRequest" -> Frontend.sslRequest();
            case "GSSENCRequest" -> Frontend.gssEncRequest();
            case "Startup" -> startup();
            case "Message" -> body(2).message(word(1).charAt(0));
            case "Untagged" -> body(1).untagged();
            case "Raw" -> HexFormat.of().parseHex(line.substring("Raw".length()).replace(" ", ""));
            default -> throw new AssertionError("unknown message: F " + line);
        };
    }

    /** A body of our own making: quoted text without a NUL, {@code 0x…}, {@code i16:N}, {@code i32:N}. */
    private Body body(int from) {
        Body body = new Body();
        for (Word word : words.subList(from, words.size())) {
            String text = word.text();
            if (word.quoted()) {
                body.raw(text.getBytes(StandardCharsets.UTF_8));
            } else if (text.startsWith("0x")) {
                body.raw(HexFormat.of().parseHex(text, 2, text.length()));
            } else if (text.startsWith("i16:")) {
                body.int16(Integer.parseInt(text.substring(4)));
            } else if (text.startsWith("i32:")) {
                body.int32(Integer.parseInt(text.substring(4)));
            } else {
                throw new AssertionError("expected text, 0x, i16: or i32:, found " + text + " in: F " + line);
            }
        }
        return body;
    }

    private String word(int index) {
        if (index >= words.size()) {
            throw new AssertionError("word " + index + " missing in: F " + line);
        }
        return words.get(index).text();
    }

    private int[] types() {
        return words.stream()
                .skip(3)
                .mapToInt(word -> Integer.parseInt(word.text()))
                .toArray();
    }

    /** Quoted: a text value; 0x…: a binary one; NULL. */
    private List<Parameter> parameters(int from) {
        List<Parameter> parameters = new ArrayList<>();
        for (Word word : words.subList(from, words.size() - (lastIs("binary") ? 1 : 0))) {
            if (!word.quoted() && word.text().startsWith("0x")) {
                parameters.add(new Parameter(
                        true,
                        HexFormat.of().parseHex(word.text(), 2, word.text().length())));
            } else if (!word.quoted() && word.text().equals("NULL")) {
                parameters.add(new Parameter(false, null));
            } else {
                parameters.add(new Parameter(false, word.text().getBytes(StandardCharsets.UTF_8)));
            }
        }
        return parameters;
    }

    private boolean lastIs(String bare) {
        Word last = words.get(words.size() - 1);
        return !last.quoted() && last.text().equals(bare);
    }

    /** {@code Startup 3.2 "user" "alice" …}. */
    private byte[] startup() {
        List<String> version = List.of(word(1).split("\\.", -1));
        int number = (Integer.parseInt(version.get(0)) << 16) + Integer.parseInt(version.get(1));
        return Frontend.startup(number, words.stream().skip(2).map(Word::text).toArray(String[]::new));
    }
}
