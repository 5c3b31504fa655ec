package io.sallyport.proxy.session;

import io.sallyport.protocol.TransactionStatus;

/** What stands around a batch so that what it does can be looked at, and taken back. */
enum Enclosure {
    /** A transaction of ours, where the client has none. */
    TRANSACTION,
    /** A savepoint in the client's transaction. */
    SAVEPOINT;

    static Enclosure in(TransactionStatus status) {
        return status == TransactionStatus.IDLE ? TRANSACTION : SAVEPOINT;
    }

    /** @param name of the savepoint: one that a function could guess, it could put another in front of */
    String begin(String name) {
        return this == TRANSACTION ? "BEGIN" : "SAVEPOINT " + name;
    }

    OwnScript keep(String name) {
        return new OwnScript().run(this == TRANSACTION ? "COMMIT" : "RELEASE SAVEPOINT " + name);
    }

    OwnScript undo(String name) {
        return this == TRANSACTION
                ? new OwnScript().run("ROLLBACK")
                // One that was gone back to stands still.
                : new OwnScript().run("ROLLBACK TO SAVEPOINT " + name).run("RELEASE SAVEPOINT " + name);
    }
}
