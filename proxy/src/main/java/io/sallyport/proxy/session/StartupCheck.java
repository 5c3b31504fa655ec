package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StartupSettings;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.rule.Subject;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.frontend.FrontendMessage;
import io.sallyport.protocol.frontend.StartupRequest;
import io.sallyport.proxy.audit.AuditEvent;
import io.sallyport.proxy.gate.Denial;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a client may start a session at all. */
final class StartupCheck {
    private final SessionServices services;
    private final String session;
    private final String clientAddress;
    private final @Nullable String certificate;

    StartupCheck(SessionServices services, String session, String clientAddress, @Nullable String certificate) {
        this.certificate = certificate;
        this.services = services;
        this.session = session;
        this.clientAddress = clientAddress;
    }

    /** @return why not, or null */
    @Nullable
    ErrorResponse refusal(StartupRequest.Startup request) {
        int limit = services.config().limits().connections();
        if (services.directory().size() > limit) {
            return SessionErrors.tooMany(limit);
        } else if (tooLong(request.user()) || tooLong(request.database())) {
            return SessionErrors.nameTooLong();
        } else if (request.replication()) {
            return SessionErrors.replication();
        }
        return settings(request);
    }

    /** The role is only claimed yet: whoever claims another one is stopped by the server. */
    private @Nullable ErrorResponse settings(StartupRequest.Startup request) {
        List<StatementFacts> settings = StartupSettings.statements(request.parameters());
        if (settings.isEmpty()) {
            return null;
        }
        String application = request.parameters().getOrDefault("application_name", "");
        Subject subject =
                new Subject(request.user(), request.database(), application, clientAddress, certificate, null);
        Denial denial = services.gatekeeper().startup(settings, subject);
        if (denial == null) {
            return null;
        }
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
                        session,
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
                        null));
        if (!taken) {
            services.metrics().auditFailed();
        }
    }

    /** The server cuts longer names (up to version 16): two spellings would be one role, and one person two. */
    private static boolean tooLong(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length > FrontendMessage.NAME_BYTES;
    }
}
