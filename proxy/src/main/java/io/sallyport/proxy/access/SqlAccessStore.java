package io.sallyport.proxy.access;

import io.sallyport.proxy.store.ControlDatabase;
import io.sallyport.proxy.store.StoreUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** In the control database, so that all replicas know them, and none any more from the moment of a revocation. */
public final class SqlAccessStore implements AccessStore {
    /** How exactly the last use is noted: not every request is a write. */
    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

    private static final String ALIVE = "revoked_at IS NULL AND expires_at > :now";

    private final ControlDatabase database;
    private final Duration keep;
    private final Clock clock;

    /** @param keep for how long what has expired is kept */
    public SqlAccessStore(ControlDatabase database, Duration keep, Clock clock) {
        this.database = database;
        this.keep = keep;
        this.clock = clock;
    }

    @Override
    public Optional<Made> make(AccessOwner owner, String label, Duration life) throws StoreUnavailable {
        AccessSecret secret = AccessSecret.random();
        Instant now = clock.instant();
        String id = AccessId.random();
        AccessToken token = new AccessToken(id, owner, label, now, now.plus(life), null);
        boolean made = database.call(handle -> {
            handle.createUpdate("DELETE FROM access_token WHERE expires_at < :old")
                    .bind("old", AccessRows.time(now.minus(keep)))
                    .execute();
            return alive(handle, owner.role(), now) < MOST && insert(handle, token, secret);
        });
        return made ? Optional.of(new Made(token, secret)) : Optional.empty();
    }

    private static int alive(Handle handle, String role, Instant now) {
        return handle.createQuery("SELECT count(*) FROM access_token WHERE role_name = :role AND " + ALIVE)
                .bind("role", role)
                .bind("now", AccessRows.time(now))
                .mapTo(Integer.class)
                .one();
    }

    private static boolean insert(Handle handle, AccessToken token, AccessSecret secret) {
        AccessOwner owner = token.owner();
        return handle.createUpdate("INSERT INTO access_token (id, hash, role_name, role_oid, certificate, member_of,"
                                + " label, created_at, expires_at) VALUES (:id, :hash, :role, :oid, :certificate,"
                                + " :memberOf, :label, :now, :expires)")
                        .bind("id", token.id())
                        .bind("hash", secret.hash())
                        .bind("role", owner.role())
                        .bind("oid", owner.roleOid())
                        .bind("certificate", owner.certificate())
                        .bind("memberOf", AccessRows.json(owner.memberOf()))
                        .bind("label", token.label())
                        .bind("now", AccessRows.time(token.createdAt()))
                        .bind("expires", AccessRows.time(token.expiresAt()))
                        .execute()
                == 1;
    }

    @Override
    public List<AccessToken> of(String role) throws StoreUnavailable {
        Instant now = clock.instant();
        return database.call(handle -> handle.createQuery("SELECT " + AccessRows.COLUMNS
                        + " FROM access_token WHERE role_name = :role AND " + ALIVE + " ORDER BY created_at DESC, id")
                .bind("role", role)
                .bind("now", AccessRows.time(now))
                .map((row, context) -> AccessRows.read(row))
                .list());
    }

    @Override
    public boolean revoke(String role, String id) throws StoreUnavailable {
        Instant now = clock.instant();
        return database.call(handle -> handle.createUpdate("UPDATE access_token SET revoked_at = :now"
                                + " WHERE id = :id AND role_name = :role AND " + ALIVE)
                        .bind("now", AccessRows.time(now))
                        .bind("id", id)
                        .bind("role", role)
                        .execute()
                == 1);
    }

    @Override
    public Optional<AccessToken> prove(String text) throws StoreUnavailable {
        AccessSecret secret = new AccessSecret(text);
        if (!secret.wellFormed()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<AccessToken> token = database.call(handle -> handle.createQuery(
                        "SELECT " + AccessRows.COLUMNS + " FROM access_token WHERE hash = :hash AND " + ALIVE)
                .bind("hash", secret.hash())
                .bind("now", AccessRows.time(now))
                .map((row, context) -> AccessRows.read(row))
                .findOne());
        if (token.isPresent()) {
            noteUse(token.get(), now);
        }
        return token;
    }

    private void noteUse(AccessToken token, Instant now) throws StoreUnavailable {
        Instant last = token.usedAt();
        if (last == null || last.plus(USE_NOTED_EVERY).isBefore(now)) {
            database.call(handle -> handle.createUpdate("UPDATE access_token SET used_at = :now WHERE id = :id")
                    .bind("now", AccessRows.time(now))
                    .bind("id", token.id())
                    .execute());
        }
    }
}
