package io.sallyport.proxy.console;

import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.Outcome;
import io.sallyport.proxy.hold.Resolution;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code SALLYPORT SHOW}: everything an approver has to know, one item a row. */
final class HoldReport {
    private final Clock clock;
    private final List<List<@Nullable String>> rows = new ArrayList<>();

    HoldReport(Clock clock) {
        this.clock = clock;
    }

    ConsoleResult rows(Hold hold) {
        HoldRequest request = hold.request();
        add("code", hold.code().value());
        add("state", state(hold));
        add("requester", request.requester());
        add("database", request.database());
        add("application", request.application());
        add("client", request.client());
        if (request.certificate() != null) {
            add("certificate", request.certificate());
        }
        if (!request.osUser().isEmpty()) {
            add("OS user (claimed)", request.osUser());
        }
        add("session", request.session());
        add("rule", request.rule());
        if (!request.message().isEmpty()) {
            add("message", request.message());
        }
        if (!request.reason().isEmpty()) {
            add("reason", request.reason());
        }
        request.summaries().forEach(summary -> add("why", summary));
        request.terms().safety().forEach(line -> add("safety", line));
        add("statement", request.texts());
        request.parameters().forEach(values -> add("parameters", values));
        request.transaction().forEach(line -> add("open transaction", line));
        Outcome outcome = hold.outcome();
        if (outcome != null) {
            add("outcome", outcome.text());
        }
        add("votes", hold.progress());
        hold.votes().forEach(vote -> add("approved by", vote.name() + said(vote.reason())));
        if (hold.resolution() == null) {
            hold.missing().forEach(missing -> add("missing", missing));
            if (!request.terms().names().isEmpty()) {
                add(
                        "to approve",
                        "SALLYPORT APPROVE " + hold.code() + request.terms().typedForm());
            }
        }
        add("opened", hold.openedAt().toString());
        add("expires", hold.expiresAt() + " (in " + Spans.since(clock.instant(), hold.expiresAt()) + ")");
        return new ConsoleResult(List.copyOf(rows));
    }

    private static String state(Hold hold) {
        Resolution ended = hold.resolution();
        if (ended instanceof Resolution.Rejected rejected) {
            return "rejected by " + rejected.by() + ": " + rejected.reason();
        }
        if (ended instanceof Resolution.BrokenGlass broken) {
            return "released by its requester " + broken.by() + ", break-glass: " + broken.reason();
        }
        return ended instanceof Resolution.Approved approved ? "approved by " + approved.by() : hold.state();
    }

    private static String said(String reason) {
        return reason.isEmpty() ? "" : ": " + reason;
    }

    private void add(String item, String value) {
        List<@Nullable String> row = new ArrayList<>();
        row.add(item);
        row.add(value);
        rows.add(row);
    }
}
