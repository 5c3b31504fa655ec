package io.sallyport.proxy.console;

import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.access.AccessDesk;
import io.sallyport.proxy.access.AccessRefused;
import io.sallyport.proxy.access.AccessStore;
import io.sallyport.proxy.access.AccessToken;
import io.sallyport.proxy.access.AccessWish;
import io.sallyport.proxy.approval.Voter;
import io.sallyport.proxy.store.StoreUnavailable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements about personal access tokens. All of them block. */
final class AccessConsole {
    private final AccessDesk desk;
    private final Clock clock;

    AccessConsole(AccessDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    private interface Asked {
        ConsoleResult ask() throws AccessRefused, StoreUnavailable;
    }

    private static ConsoleResult asked(Asked what) throws ConsoleError {
        try {
            return what.ask();
        } catch (AccessRefused refused) {
            throw new ConsoleError(refused.sqlState(), String.valueOf(refused.getMessage()), null);
        } catch (StoreUnavailable away) {
            throw new ConsoleError(SqlState.SYSTEM_ERROR, String.valueOf(away.getMessage()), null);
        }
    }

    boolean needsMemberships() {
        return desk.needsMemberships();
    }

    ConsoleResult make(AccessWish wish, Voter voter) throws ConsoleError {
        return asked(() -> {
            AccessStore.Made made = desk.make(voter, wish);
            AccessToken token = made.token();
            return ConsoleResult.of(row(
                    made.secret().text(),
                    token.id(),
                    token.label(),
                    token.owner().role(),
                    Spans.since(clock.instant(), token.expiresAt()),
                    "shown only now; it approves for you, so keep it as your password"));
        });
    }

    ConsoleResult list(Voter voter) throws ConsoleError {
        return asked(() ->
                new ConsoleResult(desk.of(voter).stream().map(this::listed).toList()));
    }

    ConsoleResult revoke(String id, Voter voter) throws ConsoleError {
        return asked(() -> {
            desk.revoke(voter, id);
            return ConsoleResult.of(row(id, "revoked"));
        });
    }

    private List<@Nullable String> listed(AccessToken token) {
        Instant used = token.usedAt();
        return row(
                token.id(),
                token.label(),
                token.createdAt().toString(),
                Spans.since(clock.instant(), token.expiresAt()),
                used == null ? null : used.toString());
    }

    private static List<@Nullable String> row(@Nullable String... values) {
        List<@Nullable String> row = new ArrayList<>();
        for (String value : values) {
            row.add(value);
        }
        return row;
    }
}
