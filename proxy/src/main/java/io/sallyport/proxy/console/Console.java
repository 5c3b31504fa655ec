package io.sallyport.proxy.console;

import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.access.AccessDesk;
import io.sallyport.proxy.approval.Approvals;
import io.sallyport.proxy.approval.VoteRefused;
import io.sallyport.proxy.approval.Voter;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.safety.NetStore;
import io.sallyport.proxy.store.StoreUnavailable;
import io.sallyport.proxy.token.Tokens;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out {@code SALLYPORT …} statements for a session. */
public final class Console {
    private final Holds holds;
    private final NetStore nets;
    private final Approvals approvals;
    private final TokenConsole tokens;
    private final AccessConsole access;
    private final Clock clock;
    private final Supplier<List<String[]>> status;
    private final Watchers watchers;

    /** @param status what {@code SALLYPORT STATUS} tells: pairs of item and value */
    public Console(
            Holds holds,
            NetStore nets,
            Approvals approvals,
            Tokens tokens,
            Watchers watchers,
            AccessDesk access,
            Clock clock,
            Supplier<List<String[]>> status) {
        this.holds = holds;
        this.nets = nets;
        this.approvals = approvals;
        this.tokens = new TokenConsole(tokens, clock);
        this.access = new AccessConsole(access, clock);
        this.clock = clock;
        this.status = status;
        this.watchers = watchers;
    }

    /** Who watch by {@code SALLYPORT WATCH}. */
    public Watchers watchers() {
        return watchers;
    }

    public ConsoleCommand parse(String text) throws ConsoleError {
        return ConsoleParser.parse(text);
    }

    /** Whether the server should first say what the caller is a member of. */
    public boolean asksRoles(ConsoleCommand command, String role) {
        if (command instanceof ConsoleCommand.Grant) {
            return true;
        } else if (command instanceof ConsoleCommand.MakeAccessToken) {
            return access.needsMemberships();
        }
        boolean votes = command instanceof ConsoleCommand.OnHold && !(command instanceof ConsoleCommand.Withdraw);
        return votes && command instanceof ConsoleCommand.OnHold vote && approvals.asksRoles(vote.code(), role);
    }

    /** Whether it asks the control database: then it must not be executed on an event loop. */
    public static boolean blocks(ConsoleCommand command) {
        return command instanceof ConsoleCommand.OnHold
                || command instanceof ConsoleCommand.Show
                || command instanceof ConsoleCommand.Grant
                || command instanceof ConsoleCommand.ListRequests
                || command instanceof ConsoleCommand.MakeAccessToken
                || command instanceof ConsoleCommand.ListAccessTokens
                || command instanceof ConsoleCommand.RevokeAccessToken;
    }

    public ConsoleResult execute(ConsoleCommand command, Caller caller) throws ConsoleError {
        Voter voter = caller.voter();
        if (command instanceof ConsoleCommand.ListHolds) {
            return new ConsoleResult(holds.waiting().stream().map(this::listed).toList());
        } else if (command instanceof ConsoleCommand.Show show) {
            Optional<Hold> hold = asked(() -> holds.read(show.code()));
            ConsoleResult shown = hold.isPresent() ? new HoldReport(clock).rows(hold.get()) : tokens.show(show.code());
            return shown.with(NetRows.of(asked(() -> nets.of(show.code()))));
        } else if (command instanceof ConsoleCommand.Approve approve) {
            return vote(approve.code(), () -> approvals.approve(approve.code(), voter, approve.ballot()));
        } else if (command instanceof ConsoleCommand.Reject reject) {
            return vote(reject.code(), () -> approvals.reject(reject.code(), voter, reject.reason()));
        } else if (command instanceof ConsoleCommand.Withdraw withdraw) {
            return vote(withdraw.code(), () -> approvals.withdraw(withdraw.code(), voter));
        } else if (command instanceof ConsoleCommand.BreakGlass alone) {
            return vote(alone.code(), () -> approvals.breakGlass(alone.code(), voter, alone.reason()));
        } else if (command instanceof ConsoleCommand.Reason reason) {
            caller.reasons().give(reason.text());
            return ConsoleResult.of(row(reason.text(), "kept for the next statement that is held"));
        } else if (command instanceof ConsoleCommand.Confirm confirm) {
            String statement = caller.confirmations().confirm(confirm.names());
            return ConsoleResult.of(row(String.join(", ", confirm.names()), "send it again: it runs, once", statement));
        } else if (command instanceof ConsoleCommand.Status) {
            return pairs(status.get());
        } else if (command instanceof ConsoleCommand.Grant grant) {
            return tokens.grant(grant, voter);
        } else if (command instanceof ConsoleCommand.ListRequests) {
            return tokens.list();
        } else if (command instanceof ConsoleCommand.MakeAccessToken make) {
            return access.make(make.wish(), voter);
        } else if (command instanceof ConsoleCommand.ListAccessTokens) {
            return access.list(voter);
        } else if (command instanceof ConsoleCommand.RevokeAccessToken revoke) {
            return access.revoke(revoke.id(), voter);
        }
        return pairs(HELP);
    }

    private interface Vote {
        Hold cast() throws VoteRefused;
    }

    private static ConsoleResult vote(HoldCode code, Vote vote) throws ConsoleError {
        try {
            Hold hold = vote.cast();
            String state = hold.resolution() == null ? "waiting, " + hold.progress() : hold.state();
            return ConsoleResult.of(row(
                    code.value(),
                    state,
                    hold.request().requester(),
                    hold.request().texts()));
        } catch (VoteRefused refused) {
            throw new ConsoleError(refused.sqlState(), String.valueOf(refused.getMessage()), null);
        }
    }

    private interface Question<T> {
        T ask() throws StoreUnavailable;
    }

    private static <T> T asked(Question<T> question) throws ConsoleError {
        try {
            return question.ask();
        } catch (StoreUnavailable away) {
            throw new ConsoleError(SqlState.SYSTEM_ERROR, String.valueOf(away.getMessage()), null);
        }
    }

    private List<@Nullable String> listed(Hold hold) {
        return row(
                hold.code().value(),
                hold.request().requester(),
                hold.request().database(),
                hold.request().application(),
                hold.request().client(),
                hold.request().rule(),
                Spans.since(hold.openedAt(), clock.instant()),
                Spans.since(clock.instant(), hold.expiresAt()),
                hold.progress(),
                String.join("; ", hold.missing()),
                oneLine(hold.request().texts()));
    }

    private static List<@Nullable String> row(String... values) {
        return new ArrayList<>(List.of(values));
    }

    static String oneLine(String text) {
        // Cut first: a text may have megabytes, and this may run on an event loop.
        String some = text.length() <= 1_000 ? text : text.substring(0, 1_000);
        String line = some.replaceAll("\\s+", " ");
        return line.length() <= 100 ? line : line.substring(0, 99) + "…";
    }

    private static ConsoleResult pairs(List<String[]> pairs) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (String[] pair : pairs) {
            rows.add(row(pair));
        }
        return new ConsoleResult(rows);
    }

    private static final List<String[]> HELP = List.of(
            new String[] {"SALLYPORT HOLDS", "what waits for a second person"},
            new String[] {"SALLYPORT SHOW code", "one hold: who asks, the exact text, parameters, which rule and why"},
            new String[] {
                "SALLYPORT APPROVE code ['why']", "approves it: with the last approval that is missing it runs, once"
            },
            new String[] {
                "SALLYPORT APPROVE code TYPED 'name'", "the same, where the name of what is dropped has to be typed"
            },
            new String[] {"SALLYPORT REQUESTS", "what was refused or held, and can be granted"},
            new String[] {
                "SALLYPORT GRANT code ['why'] [FOR '30m']",
                "hands out a token with which the requester runs it, once; SHOW shows it first"
            },
            new String[] {
                "SALLYPORT ACCESS TOKEN 'label' [FOR '8h']",
                "makes a token by which a program approves for you at the API"
            },
            new String[] {"SALLYPORT ACCESS TOKENS", "your personal access tokens"},
            new String[] {"SALLYPORT REVOKE ACCESS TOKEN id", "ends one of them, at once"},
            new String[] {"SALLYPORT WITHDRAW code", "takes your approval back, while it waits"},
            new String[] {"SALLYPORT REJECT code 'why'", "refuses it; the requester reads why"},
            new String[] {"SALLYPORT REASON 'why'", "says why you want the next statement that is held"},
            new String[] {
                "SALLYPORT BREAK GLASS code 'why'",
                "releases a hold of your own, in an emergency, where its rule lets you"
            },
            new String[] {"SALLYPORT WATCH [10m]", "tells of holds as they come, until you cancel it or the time is up"
            },
            new String[] {"SALLYPORT CONFIRM 'name'", "repeats the name that a refused statement asked for"},
            new String[] {"SALLYPORT STATUS", "this session and this proxy"},
            new String[] {"SALLYPORT HELP", "this list"});
}
