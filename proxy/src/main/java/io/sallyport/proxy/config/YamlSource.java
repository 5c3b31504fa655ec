package io.sallyport.proxy.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads a YAML file token by token, so that every value keeps its line and column. Values stay text: what
 * `10m` or `off` mean is for the setting to say, not for YAML's guesses.
 */
final class YamlSource {
    private final String fileName;
    private final YAMLParser parser;
    private final List<ConfigProblem> problems;
    private final Map<String, Written> values = new HashMap<>();

    private YamlSource(String fileName, YAMLParser parser, List<ConfigProblem> problems) {
        this.fileName = fileName;
        this.parser = parser;
        this.problems = problems;
    }

    /** The values by dotted key; what cannot be read is added to the problems. */
    static Map<String, Written> read(String yaml, String fileName, List<ConfigProblem> problems) {
        try (JsonParser parser = new YAMLFactory().createParser(ObjectReadContext.empty(), yaml)) {
            YamlSource source = new YamlSource(fileName, (YAMLParser) parser, problems);
            source.readDocument();
            return source.values;
        } catch (JacksonException e) {
            problems.add(YamlSyntaxProblem.of(e, fileName));
            return Map.of();
        }
    }

    private void readDocument() {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return;
        }
        if (first != JsonToken.START_OBJECT) {
            problem("expected settings as `name: value` lines, found " + describe(first));
            return;
        }
        readMapping("");
        if (parser.nextToken() != null) {
            problem("a second document begins here; expected one");
        }
    }

    private void readMapping(String prefix) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = prefix + parser.currentName();
            String keyAt = here();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT && isGroup(key)) {
                readMapping(key + ".");
            } else if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                rejectNested(key, keyAt, value);
            } else {
                readScalar(key, keyAt, value);
            }
        }
    }

    private void readScalar(String key, String keyAt, JsonToken token) {
        if (!isKnown(key)) {
            problems.add(new ConfigProblem(keyAt, unknown(key)));
        } else if (parser.isCurrentAlias()) {
            problem(key + " is an alias (*…); expected the value itself");
        } else if (token == JsonToken.VALUE_NULL) {
            problems.add(new ConfigProblem(keyAt, key + " has no value; give one or remove the line"));
        } else if (values.putIfAbsent(key, new Written(parser.getString(), here())) != null) {
            problems.add(new ConfigProblem(keyAt, key + " is set twice"));
        }
    }

    private void rejectNested(String key, String keyAt, JsonToken token) {
        String problem = isKnown(key) ? key + " is one value, found " + describe(token) : unknown(key);
        problems.add(new ConfigProblem(keyAt, problem));
        parser.skipChildren();
    }

    private static String unknown(String key) {
        return isGroup(key)
                ? key + " is a group of settings, found a single value"
                : "unknown setting " + key + Settings.suggestion(key);
    }

    private static boolean isKnown(String key) {
        return WebhookKeys.isKnown(key)
                || Settings.ALL.stream().anyMatch(setting -> setting.key().equals(key));
    }

    private static boolean isGroup(String key) {
        return WebhookKeys.isGroup(key)
                || Settings.ALL.stream().anyMatch(setting -> setting.key().startsWith(key + "."));
    }

    private static String describe(JsonToken token) {
        return token == JsonToken.START_ARRAY
                ? "a list"
                : token == JsonToken.START_OBJECT ? "a group" : "a single value";
    }

    private void problem(String message) {
        problems.add(new ConfigProblem(here(), message));
    }

    private String here() {
        return where(fileName, parser.currentTokenLocation());
    }

    private static String where(String fileName, TokenStreamLocation location) {
        return fileName + ":" + location.getLineNr() + ":" + location.getColumnNr();
    }
}
