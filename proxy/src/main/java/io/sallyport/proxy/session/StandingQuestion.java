package io.sallyport.proxy.session;

import java.security.SecureRandom;
import java.util.HexFormat;

/** A question of our own that the server keeps prepared, because planning it costs four times as much as answering it. */
final class StandingQuestion {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String name;
    private final byte[] sql;
    private boolean prepared;
    private int emptied;

    /** @param sql without parameters; a single column is read */
    StandingQuestion(byte[] sql) {
        byte[] unguessable = new byte[12];
        RANDOM.nextBytes(unguessable);
        this.name = "sallyport_counts_" + HexFormat.of().formatHex(unguessable);
        this.sql = sql;
    }

    String name() {
        return name;
    }

    byte[] sql() {
        return sql;
    }

    /**
     * Whether the server has to be given it now; after that it has it.
     *
     * @param emptiedNow how often the client had everything forgotten that is prepared
     */
    boolean isToBePrepared(int emptiedNow) {
        boolean missing = !prepared || emptied != emptiedNow;
        prepared = true;
        emptied = emptiedNow;
        return missing;
    }

    /** It was not answered: a function may have deallocated it. */
    void failed() {
        prepared = false;
    }
}
