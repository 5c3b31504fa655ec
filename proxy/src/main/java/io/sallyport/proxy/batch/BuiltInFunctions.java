package io.sallyport.proxy.batch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of PostgreSQL's own functions by OID. OIDs below 10,000 are assigned by hand (catalog/pg_proc.dat) and stay
 * what they are; what another OID means, only the server at hand knows.
 */
public final class BuiltInFunctions {
    private static final Map<Long, String> NAMES = read("built-in-functions.txt");
    private static final Set<String> ALL = Set.copyOf(NAMES.values());

    private BuiltInFunctions() {}

    /** Null when the number is none that means the same function in every supported version. */
    static @Nullable String name(long oid) {
        return NAMES.get(oid);
    }

    /** Whether a server's own function has this name, without a schema, in every supported version. */
    public static boolean has(String name) {
        return ALL.contains(name);
    }

    private static Map<Long, String> read(String resource) {
        try (InputStream in = BuiltInFunctions.class.getResourceAsStream("/io/sallyport/proxy/batch/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + resource);
            }
            Map<Long, String> names = new HashMap<>();
            new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        int space = line.indexOf(' ');
                        names.put(Long.valueOf(line.substring(0, space)), line.substring(space + 1));
                    });
            return Map.copyOf(names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
