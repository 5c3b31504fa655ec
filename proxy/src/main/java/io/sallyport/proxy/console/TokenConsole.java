package io.sallyport.proxy.console;

import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.approval.VoteRefused;
import io.sallyport.proxy.approval.Voter;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.store.StoreUnavailable;
import io.sallyport.proxy.token.Grant;
import io.sallyport.proxy.token.TokenRequest;
import io.sallyport.proxy.token.TokenSecret;
import io.sallyport.proxy.token.TokenStatement;
import io.sallyport.proxy.token.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements about tokens. All of them block. */
final class TokenConsole {
    private final Tokens tokens;
    private final Clock clock;

    TokenConsole(Tokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    private interface Asked {
        ConsoleResult ask() throws VoteRefused, StoreUnavailable, ConsoleError;
    }

    private static ConsoleResult asked(Asked what) throws ConsoleError {
        try {
            return what.ask();
        } catch (VoteRefused refused) {
            throw new ConsoleError(refused.sqlState(), String.valueOf(refused.getMessage()), null);
        } catch (StoreUnavailable away) {
            throw new ConsoleError(SqlState.SYSTEM_ERROR, String.valueOf(away.getMessage()), null);
        }
    }

    ConsoleResult grant(ConsoleCommand.Grant grant, Voter voter) throws ConsoleError {
        return asked(() -> granted(tokens.grant(grant.code(), voter, grant.terms())));
    }

    ConsoleResult list() throws ConsoleError {
        return asked(
                () -> new ConsoleResult(tokens.open().stream().map(this::listed).toList()));
    }

    ConsoleResult show(HoldCode code) throws ConsoleError {
        return asked(() -> tokens.find(code).map(this::report).orElseThrow(() -> missing(code)));
    }

    private static ConsoleError missing(HoldCode code) {
        return new ConsoleError(
                SqlState.UNDEFINED_OBJECT,
                "there is no hold " + code,
                "SALLYPORT HOLDS lists the codes that wait; SALLYPORT REQUESTS those that a token can be granted for.");
    }

    private ConsoleResult granted(Grant grant) {
        TokenRequest request = grant.request();
        TokenSecret secret = grant.secret();
        Instant expires = grant.expiresAt();
        String state = secret == null
                ? "waiting, " + request.progress() + ": " + String.join("; ", request.missing())
                : "granted; the token is shown only now";
        return ConsoleResult.of(row(
                secret == null ? null : secret.reveal(),
                request.code().value(),
                state,
                request.scope().requester(),
                request.scope().database(),
                expires == null ? null : Spans.text(Duration.between(clock.instant(), expires)),
                Integer.toString(request.statements().size()),
                request.limits().rows() == null ? null : request.limits().rows().toString()));
    }

    private List<@Nullable String> listed(TokenRequest request) {
        HoldRequest asked = request.request();
        return row(
                request.code().value(),
                request.scope().requester(),
                request.scope().database(),
                asked.application(),
                asked.client(),
                asked.rule(),
                Spans.since(request.createdAt(), clock.instant()),
                Spans.since(clock.instant(), request.expiresAt()),
                request.progress(),
                String.join("; ", request.missing()),
                Console.oneLine(asked.texts()));
    }

    /** What an approver has to know, one item a row. */
    private ConsoleResult report(TokenRequest request) {
        HoldRequest asked = request.request();
        List<List<@Nullable String>> rows = new ArrayList<>();
        rows.add(row("code", request.code().value()));
        rows.add(row("state", "request for a token, " + request.state(clock.instant())));
        rows.add(row("requester", request.scope().requester()));
        rows.add(row("acts as", request.scope().actsAs()));
        rows.add(row("database", request.scope().database()));
        rows.add(row("sessions", request.scope().searchPath().described()));
        rows.add(row("application", asked.application()));
        rows.add(row("client", asked.client()));
        if (asked.certificate() != null) {
            rows.add(row("certificate", asked.certificate()));
        }
        if (!asked.osUser().isEmpty()) {
            rows.add(row("OS user (claimed)", asked.osUser()));
        }
        rows.add(row("rule", asked.rule()));
        if (!asked.message().isEmpty()) {
            rows.add(row("message", asked.message()));
        }
        asked.summaries().forEach(summary -> rows.add(row("why", summary)));
        asked.terms().safety().forEach(line -> rows.add(row("safety", line)));
        rows.add(row("statement", asked.texts()));
        asked.parameters().forEach(values -> rows.add(row("parameters", values)));
        for (TokenStatement statement : request.statements()) {
            rows.add(row("the token covers", statement.text()));
        }
        if (request.limits().rows() != null) {
            rows.add(row("rows at most", request.limits().rows() + " of each statement"));
        }
        rows.add(row("votes", request.progress()));
        request.votes()
                .forEach(vote -> rows.add(
                        row("granted by", vote.name() + (vote.reason().isEmpty() ? "" : ": " + vote.reason()))));
        if (request.isOpen(clock.instant())) {
            request.missing().forEach(missing -> rows.add(row("missing", missing)));
            rows.add(row(
                    "to grant",
                    "SALLYPORT GRANT " + request.code() + asked.terms().typedForm()));
        }
        rows.add(row("asked", request.createdAt().toString()));
        rows.add(row(
                "expires", request.expiresAt() + " (in " + Spans.since(clock.instant(), request.expiresAt()) + ")"));
        return new ConsoleResult(List.copyOf(rows));
    }

    private static List<@Nullable String> row(@Nullable String... values) {
        List<@Nullable String> row = new ArrayList<>();
        for (String value : values) {
            row.add(value);
        }
        return row;
    }
}
