package io.sallyport.proxy.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the settings together: defaults, then the file, then the environment, then the command line; the later wins. */
public final class ConfigReader {
    private ConfigReader() {}

    /**
     * Reads everything, and reports every problem at once.
     *
     * @param file the YAML file; null when there is none
     * @param environment the process's environment; only `SALLYPORT_…` variables are looked at
     * @param options what the command line gave, by key (`listen`, `hold.expires`)
     */
    public static ProxyConfig read(@Nullable Path file, Map<String, String> environment, Map<String, String> options)
            throws ConfigException {
        return file == null
                ? read("", "", environment, options)
                : read(text(file), file.toString(), environment, options);
    }

    static ProxyConfig read(String yaml, String fileName, Map<String, String> environment, Map<String, String> options)
            throws ConfigException {
        List<ConfigProblem> problems = new ArrayList<>();
        Map<String, Written> written = new HashMap<>(YamlSource.read(yaml, fileName, problems));
        written.putAll(EnvironmentSource.read(environment, problems));
        options.forEach((key, text) -> written.put(key, new Written(text, "option --" + key.replaceAll("[._]", "-"))));
        ProxyConfig config = new ConfigAssembly(written, problems).assemble();
        if (config == null || !problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return config;
    }

    private static String text(Path file) throws ConfigException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "no such file");
        } catch (CharacterCodingException e) {
            throw unreadable(file, "not UTF-8 text");
        } catch (IOException e) {
            throw unreadable(file, "cannot be read: " + e);
        }
    }

    private static ConfigException unreadable(Path file, String why) {
        return new ConfigException(List.of(new ConfigProblem(file.toString(), why)));
    }
}
