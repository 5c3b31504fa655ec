package io.sallyport.proxy.gate;

import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frontend.FrontendMessage;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.Judgeable;
import io.sallyport.proxy.batch.SqlText;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Texts and parameter values of a batch, as a digest: alike only where the same is asked. What a driver calls its
 * statements and portals is left out, and so is the BEGIN that it may put in front.
 */
public record BatchPrint(String digest) {
    private static final Set<StatementKind> BEFORE_IT = Set.of(StatementKind.BEGIN, StatementKind.SAVEPOINT);

    static BatchPrint of(Batch batch, BatchReading reading) {
        MessageDigest digest = sha256();
        for (Judgeable point : reading.points()) {
            if (onlyBegins(point)) {
                continue;
            }
            digest.update((byte) 'P');
            for (SqlText text : point.texts()) {
                digest.update((byte) 'T');
                text.addTo(digest);
            }
            Frame frame = batch.frame(point.index());
            if (frame.tag() == FrontendTag.BIND.code()) {
                parameters(FrontendMessage.Bind.of(frame), digest);
            } else if (frame.tag() == FrontendTag.FUNCTION_CALL.code()) {
                // Its text leaves data out.
                digest.update(frame.bytes().nioBuffer());
            }
        }
        return new BatchPrint(HexFormat.of().formatHex(digest.digest()));
    }

    private static boolean onlyBegins(Judgeable point) {
        return point.texts().stream()
                .flatMap(text -> text.statements().stream())
                .allMatch(statement -> BEFORE_IT.contains(statement.kind()));
    }

    static void parameters(FrontendMessage.Bind bind, MessageDigest digest) {
        List<byte @org.jspecify.annotations.Nullable []> values = bind.parameters();
        for (int i = 0; i < values.size(); i++) {
            byte[] value = values.get(i);
            digest.update((byte) (bind.binary().get(i) ? 'B' : 'V'));
            digest.update(ByteBuffer.allocate(4)
                    .putInt(value == null ? -1 : value.length)
                    .array());
            if (value != null) {
                digest.update(value);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
