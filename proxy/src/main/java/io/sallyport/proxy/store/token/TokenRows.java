package io.sallyport.proxy.store.token;

import io.sallyport.proxy.token.StoredToken;
import io.sallyport.proxy.token.TokenRequest;
import io.sallyport.proxy.token.TokenUse;
import io.sallyport.proxy.token.TokenVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The tables token and token_statement, within one transaction. */
final class TokenRows {
    /** @param request the code under which it was granted */
    record Found(StoredToken token, String request) {}

    private record Row(int number, String print, boolean used) {}

    private final Handle handle;

    TokenRows(Handle handle) {
        this.handle = handle;
    }

    void insert(TokenRequest request, StoredToken token) {
        int unused = handle.createUpdate("INSERT INTO token (hash, request, granted_by, granted_at, expires_at)"
                        + " VALUES (:hash, :request, :by, :at, :expires)")
                .bind("hash", token.hash())
                .bind("request", request.code().value())
                .bind("by", token.grantedBy())
                .bind("at", token.grantedAt())
                .bind("expires", token.expiresAt())
                .execute();
        PreparedBatch rows = handle.prepareBatch(
                "INSERT INTO token_statement (hash, number, print) VALUES (:hash, :number, :print)");
        for (int i = 0; i < request.statements().size(); i++) {
            rows.bind("hash", token.hash())
                    .bind("number", i)
                    .bind("print", request.statements().get(i).print())
                    .add();
        }
        rows.execute();
    }

    /** The row stays locked until the transaction ends, so that attempts on one token come one after the other. */
    Optional<Found> lock(String hash) {
        return handle.createQuery(
                        "SELECT hash, request, granted_by, granted_at, expires_at FROM token WHERE hash = :hash FOR UPDATE")
                .bind("hash", hash)
                .map((row, context) -> new Found(
                        new StoredToken(
                                row.getString("hash"),
                                row.getString("granted_by"),
                                row.getTimestamp("granted_at").toInstant(),
                                row.getTimestamp("expires_at").toInstant()),
                        row.getString("request")))
                .findOne();
    }

    /** All of the attempt's statements, or none. */
    TokenVerdict use(Found found, TokenUse use, @Nullable Long rowLimit, Instant now) {
        List<Row> rows = handle.createQuery(
                        "SELECT number, print, used_by FROM token_statement WHERE hash = :hash ORDER BY number")
                .bind("hash", use.hash())
                .map((row, context) ->
                        new Row(row.getInt("number"), row.getString("print"), row.getString("used_by") != null))
                .list();
        List<Row> free =
                new ArrayList<>(rows.stream().filter(row -> !row.used()).toList());
        List<Row> taken = new ArrayList<>();
        for (String print : use.prints()) {
            Row row = free.stream()
                    .filter(candidate -> candidate.print().equals(print))
                    .findFirst()
                    .orElse(null);
            if (row == null) {
                boolean allUsed = free.isEmpty() && taken.isEmpty();
                return TokenVerdict.uncovered(rows.stream().map(Row::print).toList(), print, allUsed);
            }
            free.remove(row);
            taken.add(row);
        }
        taken.forEach(row -> set(use, row, now));
        return new TokenVerdict.Taken(
                found.request(), found.token().grantedBy(), found.token().expiresAt(), free.size(), rowLimit);
    }

    private void set(TokenUse use, Row row, Instant now) {
        int changed = handle.createUpdate(
                        "UPDATE token_statement SET used_by = :use, used_in = :session, used_at = :now"
                                + " WHERE hash = :hash AND number = :number AND used_by IS NULL")
                .bind("use", use.id())
                .bind("session", use.session())
                .bind("now", now)
                .bind("hash", use.hash())
                .bind("number", row.number())
                .execute();
        if (changed != 1) {
            // Rolls all of the attempt back.
            throw new IllegalStateException("a statement of the token was used at the same moment");
        }
    }
}
