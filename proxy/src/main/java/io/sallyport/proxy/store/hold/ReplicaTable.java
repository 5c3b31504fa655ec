package io.sallyport.proxy.store.hold;

import org.jdbi.v3.core.Handle;

/** Which proxies use the control database, by its own clock. */
final class ReplicaTable {
    /** Silent for longer, a replica counts as gone: many beats, and longer than a pause of a JVM should take. */
    static final int SILENT_SECONDS = 15;

    private ReplicaTable() {}

    /** @param alone whether no other process can use it, so that whoever is registered is gone */
    static void register(Handle handle, String replica, String name, boolean alone) {
        if (alone) {
            handle.execute("UPDATE replica SET gone_at = CURRENT_TIMESTAMP WHERE gone_at IS NULL");
        }
        handle.execute(
                "INSERT INTO replica (id, name, started_at, seen_at)"
                        + " VALUES (?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING",
                replica,
                name);
    }

    /** Says that it lives; also where others took it for gone. */
    static boolean beat(Handle handle, String replica) {
        return handle.execute("UPDATE replica SET seen_at = CURRENT_TIMESTAMP, gone_at = NULL WHERE id = ?", replica)
                == 1;
    }

    /** Takes those that are silent for gone. */
    static void bury(Handle handle, String replica) {
        handle.execute(
                "UPDATE replica SET gone_at = CURRENT_TIMESTAMP WHERE gone_at IS NULL AND id <> ?"
                        + " AND seen_at < CURRENT_TIMESTAMP - INTERVAL '" + SILENT_SECONDS + "' SECOND",
                replica);
    }

    static void leave(Handle handle, String replica) {
        handle.execute("UPDATE replica SET gone_at = CURRENT_TIMESTAMP WHERE id = ?", replica);
    }

    static int alive(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM replica WHERE gone_at IS NULL")
                .mapTo(Integer.class)
                .one();
    }
}
