package io.sallyport.proxy.session;

import io.sallyport.protocol.TransactionStatus;

/** What stands around a batch so that what it does can be looked at, and taken back. */
enum Enclosure {
    /** A transaction of ours, where the client has none. */
    TRANSACTION(TransactionStatus.IDLE, "BEGIN", "COMMIT", "ROLLBACK"),
    /** A savepoint in the client's transaction. */
    SAVEPOINT(
            TransactionStatus.IN_TRANSACTION,
            "SAVEPOINT sallyport_looks",
            "RELEASE SAVEPOINT sallyport_looks",
            "ROLLBACK TO SAVEPOINT sallyport_looks");

    private final TransactionStatus outside;
    private final String begin;
    private final String keep;
    private final String undo;

    Enclosure(TransactionStatus outside, String begin, String keep, String undo) {
        this.outside = outside;
        this.begin = begin;
        this.keep = keep;
        this.undo = undo;
    }

    static Enclosure in(TransactionStatus status) {
        return status == TransactionStatus.IDLE ? TRANSACTION : SAVEPOINT;
    }

    /** What the client is told to be in, once it is left. */
    TransactionStatus outside() {
        return outside;
    }

    String begin() {
        return begin;
    }

    OwnScript keep() {
        return new OwnScript().run(keep);
    }

    OwnScript undo() {
        OwnScript script = new OwnScript().run(undo);
        // A savepoint that was gone back to stands still.
        return this == SAVEPOINT ? script.run(keep) : script;
    }
}
