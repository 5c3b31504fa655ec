package io.sallyport.proxy.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the `SALLYPORT_…` environment variables; an empty one counts as not set, as compose files write them. */
final class EnvironmentSource {
    /** Read by others: the logging configuration, the command line and the launcher. */
    private static final Set<String> NOT_SETTINGS =
            Set.of("SALLYPORT_LOG_FORMAT", "SALLYPORT_LOG_LEVEL", "SALLYPORT_CONFIG", "SALLYPORT_JAVA_OPTS");

    /** Kubernetes sets these in every pod beside a Service named sallyport (or sallyport-…): not ours, no error. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "SALLYPORT_(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_\\w+)?)?)");

    private EnvironmentSource() {}

    static Map<String, Written> read(Map<String, String> environment, List<ConfigProblem> problems) {
        Map<String, String> keys =
                Settings.ALL.stream().collect(Collectors.toMap(Setting::environmentVariable, Setting::key));
        Map<String, Written> values = new HashMap<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            String where = "environment variable " + name;
            String key = keys.getOrDefault(name, WebhookKeys.ofVariable(name).orElse(null));
            if (key != null && !value.isEmpty()) {
                values.put(key, new Written(value, where));
            } else if (key == null && name.startsWith(Setting.PREFIX) && !isForeign(name)) {
                problems.add(new ConfigProblem(where, "no such setting" + suggestion(name, keys.keySet())));
            }
        });
        return values;
    }

    private static boolean isForeign(String name) {
        return NOT_SETTINGS.contains(name) || SERVICE_LINK.matcher(name).matches();
    }

    private static String suggestion(String name, Set<String> known) {
        List<String> words = Stream.concat(known.stream(), NOT_SETTINGS.stream())
                .map(word -> word.substring(Setting.PREFIX.length()))
                .sorted()
                .toList();
        return Spelling.nearest(name.substring(Setting.PREFIX.length()), words)
                .map(word -> "; did you mean " + Setting.PREFIX + word + "?")
                .orElse("");
    }
}
