package io.sallyport.proxy.policy;

import io.sallyport.policies.PolicyProblem;
import io.sallyport.policies.PolicyReader;
import io.sallyport.policies.PolicyReading;
import io.sallyport.proxy.policy.FileContent.Absent;
import io.sallyport.proxy.policy.FileContent.Present;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a policy file and what it includes; each file once, so that what is judged by is what was hashed. */
public final class PolicyLoader {
    private final Path file;
    private final Map<Path, FileContent> files = new LinkedHashMap<>();

    private PolicyLoader(Path file) {
        this.file = file;
    }

    public static LoadedPolicy load(Path file) {
        return new PolicyLoader(file).load();
    }

    private LoadedPolicy load() {
        FileContent content = look(file);
        if (content instanceof Absent absent) {
            return unusable(absent.why());
        }
        byte[] bytes = ((Present) content).bytes();
        try {
            String yaml = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            PolicyReading reading = PolicyReader.read(yaml, file.toString());
            return new LoadedPolicy(file, reading.policy(), reading.problems(), List.of(), digest(), files);
        } catch (CharacterCodingException e) {
            return unusable("not UTF-8 text");
        }
    }

    private FileContent look(Path path) {
        return files.computeIfAbsent(path, FileContent::of);
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
