package io.sallyport.proxy.it.evasion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file of cases in groups. A group's head is {@code = title}, {@code (Query, Parse)} when both protocols play it, and {@code ⇒} its outcome. */
final class EvasionFile {
    private static final String BOTH = " (Query, Parse)";

    private EvasionFile() {}

    static Map<String, List<EvasionCase>> read(String name) {
        Map<String, List<EvasionCase>> groups = new LinkedHashMap<>();
        List<EvasionCase> group = new ArrayList<>();
        Outcome usual = Outcome.HELD;
        boolean both = false;
        for (String line : lines(name)) {
            if (line.startsWith("= ")) {
                int arrow = line.lastIndexOf(" ⇒ ");
                usual = arrow < 0
                        ? Outcome.HELD
                        : new Outcome(line.substring(arrow + 3).strip());
                String title = arrow < 0 ? line : line.substring(0, arrow);
                both = title.endsWith(BOTH);
                group = new ArrayList<>();
                groups.put(title.substring(2), group);
            } else if (!line.isBlank() && !line.startsWith("# ")) {
                group.add(EvasionCase.of(line, false, usual));
                if (both) {
                    group.add(EvasionCase.of(line, true, usual));
                }
            }
        }
        return groups;
    }

    private static List<String> lines(String name) {
        try (InputStream in = EvasionFile.class.getResourceAsStream("/evasion/" + name + ".txt")) {
            if (in == null) {
                throw new AssertionError("no evasion cases " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
