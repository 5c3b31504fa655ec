package io.sallyport.proxy.audit.chain;

import java.nio.charset.StandardCharsets;

/** What the signature of a checkpoint is made over. */
final class CheckpointText {
    private CheckpointText() {}

    /** The first line keeps the signature from meaning anything else. */
    static byte[] of(String at, long count, String head) {
        return ("sallyport audit checkpoint\n" + at + "\n" + count + "\n" + head + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
