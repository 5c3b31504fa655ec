package io.sallyport.proxy.store.token;

import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.token.GrantLimits;
import io.sallyport.proxy.token.TokenRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table token_request, within one transaction. */
final class RequestRows {
    private static final String ALL =
            "SELECT code, version, state, content, votes, lasts_millis, rows_at_most, created_at, expires_at"
                    + " FROM token_request ";
    private static final String OPEN = "open";
    private static final int ATTEMPTS = 3;

    private final Handle handle;

    RequestRows(Handle handle) {
        this.handle = handle;
    }

    @Nullable
    TokenRequest keep(TokenRequest request, String wish, boolean renames, int mostOpen) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            TokenRequest open = byWish(wish, request.createdAt());
            if (open != null) {
                return prolong(open, request, renames);
            }
            if (count(request) >= mostOpen) {
                return null;
            }
            if (insert(request, wish)) {
                return request;
            }
            // Another replica was asked the same at the same moment.
        }
        throw new IllegalStateException("a request for a token can neither be found nor kept");
    }

    private @Nullable TokenRequest byWish(String wish, Instant now) {
        TokenRequest found = handle.createQuery(ALL + "WHERE wish = :wish FOR UPDATE")
                .bind("wish", wish)
                .map((row, context) -> request(row))
                .findOne()
                .orElse(null);
        if (found != null && !found.isOpen(now)) {
            int unused = handle.createUpdate("UPDATE token_request SET wish = NULL WHERE code = :code")
                    .bind("code", found.code().value())
                    .execute();
            return null;
        }
        return found;
    }

    private TokenRequest prolong(TokenRequest open, TokenRequest asked, boolean renames) {
        HoldCode code = renames ? asked.code() : open.code();
        int unused = handle.createUpdate(
                        "UPDATE token_request SET code = :code, expires_at = :expires WHERE code = :before")
                .bind("code", code.value())
                .bind("expires", asked.expiresAt())
                .bind("before", open.code().value())
                .execute();
        return new TokenRequest(
                code,
                open.request(),
                open.scope(),
                open.statements(),
                open.votes(),
                open.limits(),
                open.state(),
                open.createdAt(),
                asked.expiresAt(),
                open.version());
    }

    private int count(TokenRequest request) {
        return handle.createQuery("SELECT count(*) FROM token_request"
                        + " WHERE requester = :requester AND state = :open AND expires_at > :now")
                .bind("requester", request.scope().requester())
                .bind("open", OPEN)
                .bind("now", request.createdAt())
                .mapTo(Integer.class)
                .one();
    }

    private boolean insert(TokenRequest request, String wish) {
        return handle.createUpdate("INSERT INTO token_request (code, wish, version, state, requester, content, votes,"
                                + " created_at, expires_at) VALUES (:code, :wish, 0, :state, :requester, :content,"
                                + " :votes, :created, :expires) ON CONFLICT DO NOTHING")
                        .bind("code", request.code().value())
                        .bind("wish", wish)
                        .bind("state", request.state().label())
                        .bind("requester", request.scope().requester())
                        .bind(
                                "content",
                                RequestJson.write(new RequestJson.Content(
                                        request.request(),
                                        RequestJson.Scope.of(request.scope()),
                                        request.statements())))
                        .bind("votes", RequestJson.write(request.votes()))
                        .bind("created", request.createdAt())
                        .bind("expires", request.expiresAt())
                        .execute()
                == 1;
    }

    Optional<TokenRequest> find(String code) {
        return handle.createQuery(ALL + "WHERE code = :code")
                .bind("code", code)
                .map((row, context) -> request(row))
                .findOne();
    }

    List<TokenRequest> open(Instant now, int most) {
        return handle.createQuery(
                        ALL + "WHERE state = :open AND expires_at > :now ORDER BY created_at DESC LIMIT " + most)
                .bind("open", OPEN)
                .bind("now", now)
                .map((row, context) -> request(row))
                .list();
    }

    /** @return whether the row was as it was read */
    boolean change(TokenRequest changed) {
        boolean open = changed.state() == TokenRequest.State.OPEN;
        Duration lasts = changed.limits().lasts();
        return handle.createUpdate("UPDATE token_request SET version = version + 1, state = :state, votes = :votes,"
                                + " lasts_millis = :lasts, rows_at_most = :rows" + (open ? "" : ", wish = NULL")
                                + " WHERE code = :code AND version = :version AND state = :open")
                        .bind("state", changed.state().label())
                        .bind("votes", RequestJson.write(changed.votes()))
                        .bind("lasts", lasts == null ? null : lasts.toMillis())
                        .bind("rows", changed.limits().rows())
                        .bind("code", changed.code().value())
                        .bind("version", changed.version())
                        .bind("open", OPEN)
                        .execute()
                == 1;
    }

    private static TokenRequest request(ResultSet row) throws SQLException {
        RequestJson.Content content = RequestJson.content(row.getString("content"));
        Long lasts = row.getObject("lasts_millis", Long.class);
        return new TokenRequest(
                new HoldCode(row.getString("code")),
                content.request(),
                content.scope().scope(),
                content.statements(),
                RequestJson.votes(row.getString("votes")),
                new GrantLimits(
                        lasts == null ? null : Duration.ofMillis(lasts), row.getObject("rows_at_most", Long.class)),
                TokenRequest.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                row.getLong("version"));
    }
}
