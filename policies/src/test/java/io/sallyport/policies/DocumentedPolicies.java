package io.sallyport.policies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The examples in docs/policy.md; one that begins with {@code # shared/lists.yaml} is that included file. */
final class DocumentedPolicies implements PolicySource {
    static final Path DOCS = Path.of("..", "docs");
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("# (\\S+\\.yaml)\n.*", Pattern.DOTALL);

    private final List<String> mains = new ArrayList<>();
    private final Map<String, String> included = new HashMap<>();

    DocumentedPolicies() {
        Matcher block = BLOCK.matcher(text());
        while (block.find()) {
            Matcher file = FILE.matcher(block.group(1));
            if (file.matches()) {
                included.put(file.group(1), block.group(1));
            } else {
                mains.add(block.group(1));
            }
        }
    }

    static String text() {
        try {
            return Files.readString(DOCS.resolve("policy.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> mains() {
        return mains;
    }

    Map<String, String> included() {
        return included;
    }

    @Override
    public Included find(String name, String from) {
        String file = from.contains("/") ? from.substring(0, from.lastIndexOf('/') + 1) + name : name;
        String text = included.get(file);
        return text == null
                ? new Included.Missing("no such file")
                : new Included.Found(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
