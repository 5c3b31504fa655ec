package io.sallyport.protocol.frontend;

import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.frame.FrameRules;

/**
 * How long a client's messages may be: what no server would take is a violation (08P01), what exceeds our own limit
 * says so (54000).
 *
 * @param assembledBytes the largest message that is assembled in memory (Query, Parse, Bind, FunctionCall)
 */
public record FrameLimits(int assembledBytes) implements FrameRules {
    @Override
    public boolean bulk(byte code) {
        return tag(code).bulk();
    }

    @Override
    public void check(byte code, int length) {
        FrontendTag tag = tag(code);
        if (length < 4 || length > tag.maximumLength()) {
            throw new ProtocolViolation("invalid length " + length + " of message " + tag.label() + ": expected 4 to "
                    + tag.maximumLength());
        }
        if (!tag.bulk() && length > assembledBytes) {
            throw new ProtocolViolation(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "message " + tag.label() + " of " + length + " bytes exceeds the limit of " + assembledBytes
                            + " bytes (limits.message_bytes)");
        }
    }

    private static FrontendTag tag(byte code) {
        FrontendTag tag = FrontendTag.of(code);
        if (tag == null) {
            throw new ProtocolViolation("invalid frontend message type " + (code & 0xff));
        }
        return tag;
    }
}
