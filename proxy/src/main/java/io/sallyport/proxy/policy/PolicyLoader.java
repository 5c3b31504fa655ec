package io.sallyport.proxy.policy;

import io.sallyport.policies.PolicyProblem;
import io.sallyport.policies.PolicyReader;
import io.sallyport.policies.PolicyReading;
import io.sallyport.policies.PolicySource.Included;
import io.sallyport.proxy.policy.FileContent.Absent;
import io.sallyport.proxy.policy.FileContent.Present;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads a policy file and what it includes; each file once, so that what is judged by is what was hashed. */
public final class PolicyLoader {
    private final Path file;
    private final Function<Path, FileContent> look;
    private final Map<Path, FileContent> files = new LinkedHashMap<>();

    private PolicyLoader(Path file, Function<Path, FileContent> look) {
        this.file = file;
        this.look = look;
    }

    /** The file may be a pipe. */
    public static LoadedPolicy load(Path file) {
        return new PolicyLoader(file.normalize(), FileContent::of).load();
    }

    static LoadedPolicy reload(Path file) {
        return new PolicyLoader(file, FileContent::ofRegular).load();
    }

    private LoadedPolicy load() {
        FileContent content = look(file);
        if (content instanceof Absent absent) {
            return unusable(absent.why());
        }
        byte[] bytes = ((Present) content).bytes();
        PolicyReading reading = PolicyReader.read(bytes, file.toString(), this::find);
        return new LoadedPolicy(file, reading.policy(), reading.problems(), reading.warnings(), digest(), files);
    }

    /** Relative to the file that includes it. Links are not resolved: what they lead to may be swapped. */
    private Included find(String name, String from) {
        try {
            Path path = Path.of(from).resolveSibling(name).normalize();
            FileContent content = look(path);
            if (content instanceof Present present) {
                return new Included.Found(path.toString(), present.bytes());
            }
            return new Included.Missing(((Absent) content).why());
        } catch (InvalidPathException e) {
            return new Included.Missing("not a file's name");
        }
    }

    private FileContent look(Path path) {
        return files.computeIfAbsent(path, look);
    }

    private LoadedPolicy unusable(String why) {
        PolicyProblem problem = new PolicyProblem(file.toString(), LoadedPolicy.NO_LINE, LoadedPolicy.NO_LINE, why);
        return new LoadedPolicy(file, null, List.of(problem), List.of(), digest(), files);
    }

    private String digest() {
        StringBuilder lines = new StringBuilder();
        for (FileContent content : files.values()) {
            if (content instanceof Present present) {
                lines.append(sha256(present.bytes())).append('\n');
            }
        }
        return files.size() == 1
                ? lines.toString().strip()
                : sha256(lines.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
