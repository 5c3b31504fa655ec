package io.sallyport.proxy.safety;

/** Knows when a backup, or the test of one, last went well. */
sealed interface BackupSource permits ArchiverSource, DocumentSource {
    /** Asks anew. Blocks, for the configured time at most. */
    LastGood ask() throws SourceFailure;

    /** As people call it, such as `pgbackrest`. */
    String name();
}
