package io.sallyport.protocol.frontend;

import org.jspecify.annotations.Nullable;

/**
 * The first byte of every client message after start-up, with the longest length word a server takes for it
 * (postgres.c, SocketBackend: PQ_SMALL_MESSAGE_LIMIT and PQ_LARGE_MESSAGE_LIMIT; auth.c: PG_MAX_AUTH_TOKEN_LENGTH).
 */
public enum FrontendTag {
    QUERY('Q', "Query", Size.LARGE),
    PARSE('P', "Parse", Size.LARGE),
    BIND('B', "Bind", Size.LARGE),
    DESCRIBE('D', "Describe", Size.SMALL),
    EXECUTE('E', "Execute", Size.SMALL),
    CLOSE('C', "Close", Size.SMALL),
    SYNC('S', "Sync", Size.SMALL),
    FLUSH('H', "Flush", Size.SMALL),
    FUNCTION_CALL('F', "FunctionCall", Size.LARGE),
    COPY_DATA('d', "CopyData", Size.LARGE),
    COPY_DONE('c', "CopyDone", Size.SMALL),
    COPY_FAIL('f', "CopyFail", Size.SMALL),
    TERMINATE('X', "Terminate", Size.SMALL),
    /** PasswordMessage, SASLInitialResponse, SASLResponse, GSSResponse: told apart by context only. */
    PASSWORD('p', "PasswordMessage", Size.AUTHENTICATION);

    private static final @Nullable FrontendTag[] BY_CODE = new @Nullable FrontendTag[128];

    static {
        for (FrontendTag tag : values()) {
            BY_CODE[tag.code] = tag;
        }
    }

    private final byte code;
    private final String label;
    private final int maximumLength;

    FrontendTag(char code, String label, int maximumLength) {
        this.code = (byte) code;
        this.label = label;
        this.maximumLength = maximumLength;
    }

    public static @Nullable FrontendTag of(byte code) {
        return code < 0 ? null : BY_CODE[code];
    }

    public byte code() {
        return code;
    }

    /** The manual's name of the message. */
    public String label() {
        return label;
    }

    /** The longest length word: itself and the body. */
    public int maximumLength() {
        return maximumLength;
    }

    /** Whether it is relayed in chunks and never assembled. */
    public boolean bulk() {
        return this == COPY_DATA;
    }

    private static final class Size {
        static final int SMALL = 10_000;
        static final int LARGE = 0x3ffffffe;
        static final int AUTHENTICATION = 65_535;
    }
}
