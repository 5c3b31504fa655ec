package io.sallyport.proxy.webhook;

import io.sallyport.proxy.config.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A secret in a file, read anew whenever it is needed: it can be changed while running. For one thread. */
final class SecretFile<T> {
    private static final Logger log = LoggerFactory.getLogger(SecretFile.class);

    private final String setting;
    private final Path file;
    private final Function<String, T> parser;
    private T latest;
    private boolean broken;

    private SecretFile(String setting, Path file, Function<String, T> parser, T first) {
        this.setting = setting;
        this.file = file;
        this.parser = parser;
        this.latest = first;
    }

    /**
     * @param setting which setting names the file
     * @param parser gets the text without white space around it; throws IllegalArgumentException with words that do not repeat it
     * @throws IOException when there is nothing to begin with; the message says where and why
     */
    static <T> SecretFile<T> open(String setting, Path file, Function<String, T> parser) throws IOException {
        return new SecretFile<>(setting, file, parser, read(setting, file, parser));
    }

    /** What the file holds, or held when it could be used last. */
    T value() {
        try {
            latest = read(setting, file, parser);
            broken = false;
        } catch (IOException unusable) {
            if (!broken) {
                log.warn("{}; what it held before is still used", unusable.getMessage());
            }
            broken = true;
        }
        return latest;
    }

    private static <T> T read(String setting, Path file, Function<String, T> parser) throws IOException {
        String where = setting + ": " + file + " ";
        try {
            return parser.apply(new String(SmallFile.read(file), StandardCharsets.UTF_8).strip());
        } catch (IllegalArgumentException unusable) {
            throw new IOException(where + "cannot be used: " + unusable.getMessage(), unusable);
        } catch (IOException why) {
            throw new IOException(where + why.getMessage(), why);
        }
    }
}
