package io.sallyport.protocol.frontend;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.CancelKey;
import io.sallyport.protocol.ProtocolVersion;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.frame.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the untagged packets before a session (postmaster.c, ProcessStartupPacket): SSLRequest, GSSENCRequest,
 * CancelRequest, StartupMessage.
 */
public final class StartupDecoder {
    static final int SSL_REQUEST = 1234 << 16 | 5679;
    static final int GSSENC_REQUEST = 1234 << 16 | 5680;
    static final int CANCEL_REQUEST = 1234 << 16 | 5678;

    private static final int SMALLEST = 8;
    /** MAX_STARTUP_PACKET_LENGTH (libpq/pqcomm.h) and the length word. */
    private static final int LARGEST = 10_004;

    private StartupDecoder() {}

    /**
     * Reads one packet off {@code in} when it is there whole.
     *
     * @return null when more bytes are needed
     * @throws ProtocolViolation for a length no server takes, a malformed body, or a version other than 3
     */
    public static @Nullable StartupRequest decode(ByteBuf in) {
        if (in.readableBytes() < 4) {
            return null;
        }
        int length = in.getInt(in.readerIndex());
        if (length < SMALLEST || length > LARGEST) {
            throw new ProtocolViolation(
                    "invalid length of startup packet: " + length + ", expected " + SMALLEST + " to " + LARGEST);
        }
        if (in.readableBytes() < length) {
            return null;
        }
        int code = in.getInt(in.readerIndex() + 4);
        return switch (code) {
            case SSL_REQUEST -> {
                exactly(length, SMALLEST, "SSLRequest");
                in.skipBytes(length);
                yield new StartupRequest.Ssl();
            }
            case GSSENC_REQUEST -> {
                exactly(length, SMALLEST, "GSSENCRequest");
                in.skipBytes(length);
                yield new StartupRequest.GssEncryption();
            }
            case CANCEL_REQUEST -> cancel(in, length);
            default -> startup(in, length, ProtocolVersion.of(code));
        };
    }

    private static StartupRequest cancel(ByteBuf in, int length) {
        // Protocol 3.2: the secret is whatever follows the process id, 4 to 256 bytes.
        if (length < 16 || length > 268) {
            throw new ProtocolViolation("invalid length of CancelRequest: " + length + ", expected 16 to 268");
        }
        WireReader reader = new WireReader(in, in.readerIndex() + 8, in.readerIndex() + length);
        int processId = reader.int32();
        byte[] secret = reader.bytes(reader.remaining());
        return new StartupRequest.Cancel(new CancelKey(processId, secret), in.readRetainedSlice(length));
    }

    private static StartupRequest startup(ByteBuf in, int length, ProtocolVersion version) {
        if (version.major() != 3) {
            throw new ProtocolViolation(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "unsupported frontend protocol " + version + ": supported are 3.0 to 3.2");
        }
        WireReader reader = new WireReader(in, in.readerIndex() + 8, in.readerIndex() + length);
        Map<String, String> parameters = new LinkedHashMap<>();
        while (true) {
            if (reader.remaining() == 0) {
                throw new ProtocolViolation("invalid startup packet layout: expected terminator as last byte");
            }
            String name = utf8(reader);
            if (name.isEmpty()) {
                break;
            }
            parameters.put(name, utf8(reader));
        }
        if (reader.remaining() > 0) {
            throw new ProtocolViolation("invalid startup packet layout: expected terminator as last byte");
        }
        return new StartupRequest.Startup(version, parameters, in.readRetainedSlice(length));
    }

    private static String utf8(WireReader reader) {
        return new String(reader.cstringBytes(), StandardCharsets.UTF_8);
    }

    private static void exactly(int length, int expected, String packet) {
        if (length != expected) {
            throw new ProtocolViolation("invalid length of " + packet + ": " + length + ", expected " + expected);
        }
    }
}
