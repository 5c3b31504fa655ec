package io.sallyport.proxy.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What safety nets are made of.
 *
 * @param user the service role, which makes restore points and reads pg_stat_archiver; empty for none
 * @param database where it logs in to
 * @param source who tells how old the last good backup is
 * @param location a file path or a web address, for sources that are read; empty for none
 * @param stanza the stanza (pgBackRest) or server (Barman) that counts; empty where there is one only
 * @param restoreTests a file path or a web address that tells when a restore was last tested; empty for none
 * @param ca who signs the certificate of a web address; null takes those whom Java trusts
 * @param timeout for all that is done for one batch
 * @param keeping of rows that are changed
 */
public record SafetySettings(
        String user,
        @Nullable Path passwordFile,
        String database,
        Source source,
        String location,
        String stanza,
        String restoreTests,
        @Nullable Path ca,
        Duration timeout,
        Keeping keeping) {
    /**
     * @param mostRows that are kept of one batch
     * @param keepFor how long they can be brought back
     */
    public record Keeping(int mostRows, Duration keepFor) {
        public static final Keeping DEFAULTS = new Keeping(1_000_000, Duration.ofDays(14));
    }

    /** With the usual keeping of rows. */
    public SafetySettings(
            String user,
            @Nullable Path passwordFile,
            String database,
            Source source,
            String location,
            String stanza,
            String restoreTests,
            @Nullable Path ca,
            Duration timeout) {
        this(user, passwordFile, database, source, location, stanza, restoreTests, ca, timeout, Keeping.DEFAULTS);
    }

    /** Who knows of backups. */
    public enum Source {
        NONE,
        /** The server itself: when WAL was archived last. */
        ARCHIVER,
        /** What `pgbackrest info --output=json` prints. */
        PGBACKREST,
        /** What `barman --format json list-backups` prints. */
        BARMAN,
        /** A document of the backup's own script. */
        JSON
    }

    public static final SafetySettings DEFAULTS =
            new SafetySettings("", null, "postgres", Source.NONE, "", "", "", null, Duration.ofSeconds(10));
}
