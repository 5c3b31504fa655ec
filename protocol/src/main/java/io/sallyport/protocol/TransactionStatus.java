package io.sallyport.protocol;

/** The status byte of ReadyForQuery (manual, "Message Formats"). */
public enum TransactionStatus {
    IDLE('I'),
    IN_TRANSACTION('T'),
    FAILED('E');

    private final byte code;

    TransactionStatus(char code) {
        this.code = (byte) code;
    }

    public byte code() {
        return code;
    }

    /**
     * @throws ProtocolViolation when the byte is none of I, T, E
     */
    public static TransactionStatus of(byte code) {
        return switch (code) {
            case 'I' -> IDLE;
            case 'T' -> IN_TRANSACTION;
            case 'E' -> FAILED;
            default ->
                throw new ProtocolViolation(
                        "unknown transaction status " + (code & 0xff) + " in ReadyForQuery: expected I, T or E");
        };
    }
}
