package io.sallyport.proxy.console;

import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.approval.Approvals;
import io.sallyport.proxy.approval.Ballot;
import io.sallyport.proxy.approval.VoteRefused;
import io.sallyport.proxy.approval.Voter;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.Holds;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out {@code SALLYPORT …} statements for a session. */
public final class Console {
    private final Holds holds;
    private final Approvals approvals;
    private final Clock clock;
    private final Supplier<List<String[]>> status;

    /** @param status what {@code SALLYPORT STATUS} tells: pairs of item and value */
    public Console(Holds holds, Approvals approvals, Clock clock, Supplier<List<String[]>> status) {
        this.holds = holds;
        this.approvals = approvals;
        this.clock = clock;
        this.status = status;
    }

    public ConsoleCommand parse(String text) throws ConsoleError {
        return ConsoleParser.parse(text);
    }

    public ConsoleResult execute(ConsoleCommand command, Caller caller) throws ConsoleError {
        Voter voter = caller.voter();
        if (command instanceof ConsoleCommand.ListHolds) {
            return new ConsoleResult(holds.waiting().stream().map(this::listed).toList());
        } else if (command instanceof ConsoleCommand.Show show) {
            return new HoldReport(clock).rows(find(show.code()));
        } else if (command instanceof ConsoleCommand.Approve approve) {
            return vote(approve.code(), () -> approvals.approve(approve.code(), voter, Ballot.EMPTY));
        } else if (command instanceof ConsoleCommand.Reject reject) {
            return vote(reject.code(), () -> approvals.reject(reject.code(), voter, reject.reason()));
        } else if (command instanceof ConsoleCommand.Confirm confirm) {
            String statement = caller.confirmations().confirm(confirm.names());
            List<@Nullable String> row = new ArrayList<>();
            row.add(String.join(", ", confirm.names()));
            row.add("send it again: it runs, once");
            row.add(statement);
            return ConsoleResult.of(row);
        } else if (command instanceof ConsoleCommand.Status) {
            return pairs(status.get());
        }
        return pairs(HELP);
    }

    private interface Vote {
        Hold cast() throws VoteRefused;
    }

    private static ConsoleResult vote(HoldCode code, Vote vote) throws ConsoleError {
        try {
            Hold hold = vote.cast();
            List<@Nullable String> row = new ArrayList<>();
            row.add(code.value());
            row.add(hold.state());
            row.add(hold.request().requester());
            row.add(hold.request().texts());
            return ConsoleResult.of(row);
        } catch (VoteRefused refused) {
            throw new ConsoleError(refused.sqlState(), String.valueOf(refused.getMessage()), null);
        }
    }

    private Hold find(HoldCode code) throws ConsoleError {
        return holds.find(code)
                .orElseThrow(() -> new ConsoleError(
                        SqlState.UNDEFINED_OBJECT,
                        "there is no hold " + code,
                        "SALLYPORT HOLDS lists the codes that wait."));
    }

    private List<@Nullable String> listed(Hold hold) {
        List<@Nullable String> row = new ArrayList<>();
        row.add(hold.code().value());
        row.add(hold.request().requester());
        row.add(hold.request().database());
        row.add(hold.request().application());
        row.add(hold.request().client());
        row.add(hold.request().rule());
        row.add(Spans.since(hold.openedAt(), clock.instant()));
        row.add(Spans.since(clock.instant(), hold.expiresAt()));
        row.add(oneLine(hold.request().texts()));
        return row;
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 100 ? line : line.substring(0, 99) + "…";
    }

    private static ConsoleResult pairs(List<String[]> pairs) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (String[] pair : pairs) {
            List<@Nullable String> row = new ArrayList<>();
            row.add(pair[0]);
            row.add(pair[1]);
            rows.add(row);
        }
        return new ConsoleResult(rows);
    }

    private static final List<String[]> HELP = List.of(
            new String[] {"SALLYPORT HOLDS", "what waits for a second person"},
            new String[] {"SALLYPORT SHOW code", "one hold: who asks, the exact text, parameters, which rule and why"},
            new String[] {"SALLYPORT APPROVE code", "lets it run, once; not for the requester"},
            new String[] {"SALLYPORT REJECT code 'why'", "refuses it; the requester reads why"},
            new String[] {"SALLYPORT CONFIRM 'name'", "repeats the name that a refused statement asked for"},
            new String[] {"SALLYPORT STATUS", "this session and this proxy"},
            new String[] {"SALLYPORT HELP", "this list"});
}
