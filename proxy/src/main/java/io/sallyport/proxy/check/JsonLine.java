package io.sallyport.proxy.check;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** One line {@code {"sql": "…"}}; other keys are passed over. */
final class JsonLine {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String EXPECTED = "expected {\"sql\": \"…\"}";

    private JsonLine() {}

    /** Why a line has no string of SQL. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message, null, false, false);
        }
    }

    static byte[] sql(byte[] buffer, int offset, int length) throws Broken {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), buffer, offset, length)) {
            String sql = object(json);
            if (json.nextToken() != null) {
                throw new Broken("more than one value; " + EXPECTED);
            }
            return bytes(sql);
        } catch (JacksonException e) {
            String message = e.getOriginalMessage();
            int end = message.indexOf('\n');
            throw new Broken("not JSON: " + (end < 0 ? message : message.substring(0, end)));
        }
    }

    private static String object(JsonParser json) throws Broken {
        JsonToken first = json.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new Broken(first == null ? "the line is empty; " + EXPECTED : "not an object; " + EXPECTED);
        }
        String sql = null;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean wanted = json.currentName().equals("sql");
            JsonToken value = json.nextToken();
            if (wanted) {
                sql = value(json, value, sql);
            } else {
                json.skipChildren();
            }
        }
        if (sql == null) {
            throw new Broken("no key \"sql\"; " + EXPECTED);
        }
        return sql;
    }

    private static String value(JsonParser json, JsonToken value, @Nullable String before) throws Broken {
        if (before != null) {
            throw new Broken("the key \"sql\" stands there twice");
        }
        if (value != JsonToken.VALUE_STRING) {
            throw new Broken("the value of \"sql\" is not a string; " + EXPECTED);
        }
        return json.getString();
    }

    /** Half a surrogate pair would silently become a question mark, and the text another than was asked about. */
    private static byte[] bytes(String sql) throws Broken {
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < sql.length()
                        && Character.isLowSurrogate(sql.charAt(i + 1));
                if (!pair) {
                    throw new Broken("the value of \"sql\" holds half a surrogate pair");
                }
                i++;
            }
        }
        return sql.getBytes(StandardCharsets.UTF_8);
    }
}
