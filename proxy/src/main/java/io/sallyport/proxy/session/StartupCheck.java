package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StartupSettings;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.rule.Subject;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.frontend.FrontendMessage;
import io.sallyport.protocol.frontend.StartupRequest;
import io.sallyport.proxy.audit.AuditEvent;
import io.sallyport.proxy.audit.TokenEvent;
import io.sallyport.proxy.auth.Networks;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.token.screen.Screening;
import io.sallyport.proxy.token.screen.StartupToken;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a client may start a session at all. */
final class StartupCheck {
    private final SessionServices services;
    private final Session session;
    private final String code;
    private final String clientAddress;
    private final @Nullable String certificate;

    StartupCheck(SessionServices services, Session session, String code, String clientAddress, ClientLink client) {
        this.certificate = client.security().clientSubject();
        this.services = services;
        this.session = session;
        this.code = code;
        this.clientAddress = clientAddress;
    }

    /** @return why not, or null */
    @Nullable
    ErrorResponse refusal(StartupToken taken) {
        StartupRequest.Startup request = taken.request();
        int limit = services.config().limits().connections();
        if (services.directory().size() > limit) {
            return refused("connections", SessionErrors.tooMany("", limit, "limits.connections"));
        } else if (tooLong(request.user()) || tooLong(request.database())) {
            return refused("name", SessionErrors.nameTooLong());
        }
        if (notText(request.user()) || notText(request.database())) {
            return refused("name", SessionErrors.nameNotText());
        }
        ErrorResponse full = seat(request.user());
        if (full != null) {
            return full;
        }
        if (taken.problem() != null) {
            return refused("token", badToken(request, taken.problem()));
        }
        String application = request.parameters().getOrDefault("application_name", "");
        String address = SessionInfo.address(clientAddress);
        Subject subject = new Subject(request.user(), request.database(), application, address, certificate, null);
        ErrorResponse refusal = request.replication() ? replication(request, subject) : null;
        return refusal == null ? settings(request, subject) : refusal;
    }

    private @Nullable ErrorResponse replication(StartupRequest.Startup request, Subject subject) {
        StatementFacts asked = StartupSettings.replication(request.parameters().getOrDefault("replication", ""));
        Denial denial = services.gatekeeper().replication(asked, subject);
        return denial == null ? null : refused("replication", denied(subject, denial, List.of(asked)));
    }

    private @Nullable ErrorResponse seat(String role) {
        String address = Networks.of(clientAddress);
        SessionDirectory.Seat seat = services.directory().seat(session, address, role);
        int perAddress = services.config().connections().perAddress();
        int perRole = services.config().connections().perRole();
        int hungUp = services.logins().throttle().waiting(clientAddress);
        if (perAddress > 0 && seat.ofAddress() + hungUp > perAddress) {
            return refused(
                    "connections_per_address",
                    SessionErrors.tooMany(" from " + address, perAddress, "limits.connections_per_address"));
        } else if (perRole > 0 && seat.ofRole() > perRole) {
            return refused(
                    "connections_per_role",
                    SessionErrors.tooMany(" of role \"" + role + "\"", perRole, "limits.connections_per_role"));
        }
        return null;
    }

    private ErrorResponse badToken(StartupRequest.Startup request, Screening.Problem why) {
        services.metrics().token(why.label());
        boolean recorded = services.audit()
                .append(new TokenEvent.Refused(
                        services.clock().instant(),
                        code,
                        request.user(),
                        request.database(),
                        clientAddress,
                        why.label(),
                        0));
        if (!recorded) {
            services.metrics().auditFailed();
        }
        return ErrorResponse.fatal(SqlState.INVALID_PARAMETER_VALUE, why.message())
                .withHint(why.hint());
    }

    private ErrorResponse refused(String reason, ErrorResponse error) {
        services.metrics().connectionRefused(reason);
        return error;
    }

    /** The role is only claimed yet: whoever claims another one is stopped by the server. */
    private @Nullable ErrorResponse settings(StartupRequest.Startup request, Subject subject) {
        List<StatementFacts> settings = StartupSettings.statements(request.parameters());
        if (settings.isEmpty()) {
            return null;
        }
        Denial denial = services.gatekeeper().startup(settings, subject);
        return denial == null ? null : refused("policy", denied(subject, denial, settings));
    }

    private ErrorResponse denied(Subject subject, Denial denial, List<StatementFacts> settings) {
        services.metrics().refused(denial.sqlState());
        record(subject, denial, settings);
        return ErrorResponse.fatal(denial.sqlState(), denial.message())
                .withDetail(denial.detail())
                .withHint(denial.hint());
    }

    private void record(Subject subject, Denial denial, List<StatementFacts> settings) {
        boolean taken = services.audit()
                .append(new AuditEvent.Decided(
                        services.clock().instant(),
                        code,
                        subject.user(),
                        subject.database(),
                        subject.application(),
                        clientAddress,
                        "deny",
                        denial.rule(),
                        null,
                        settings.stream()
                                .map(setting -> setting.kind().label())
                                .distinct()
                                .toList(),
                        settings.stream().map(StatementFacts::text).collect(Collectors.joining(";\n")),
                        true,
                        null,
                        null));
        if (!taken) {
            services.metrics().auditFailed();
        }
    }

    /** Decoded, bytes of other encodings are all the same letter: several roles would be one. */
    private static boolean notText(String name) {
        return name.indexOf('\ufffd') >= 0;
    }

    /** The server cuts longer names (up to version 16): two spellings would be one role, and one person two. */
    private static boolean tooLong(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length > FrontendMessage.NAME_BYTES;
    }
}
