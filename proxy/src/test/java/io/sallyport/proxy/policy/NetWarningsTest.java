package io.sallyport.proxy.policy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sallyport.policies.PolicyReader;
import io.sallyport.proxy.config.SafetySettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class NetWarningsTest {
    private static final PolicyObserver NOBODY = new PolicyObserver() {
        @Override
        public void loaded(LoadedPolicy policy) {}

        @Override
        public void refused(LoadedPolicy policy) {}
    };

    private final Logger logger = (Logger) LoggerFactory.getLogger(NetWarnings.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listens_to_the_log() {
        logged.start();
        logger.addAppender(logged);
        logger.setLevel(Level.WARN);
    }

    @AfterEach
    void stops_listening() {
        logger.detachAppender(logged);
        logger.setLevel(null);
    }

    @Test
    void net_that_nothing_is_set_up_for_is_told_with_its_rule_and_its_setting() {
        String yaml = """
                version: 1
                rules:
                  - name: drops
                    when: {kind: drop_database}
                    then: {hold: {safety: [restore_point, {backup_within: 1h}]}}
                """;
        LoadedPolicy policy = new LoadedPolicy(
                Path.of("p.yaml"), PolicyReader.read(yaml, "p.yaml").policy(), List.of(), List.of(), "00", Map.of());
        new NetWarnings(NOBODY, SafetySettings.DEFAULTS).loaded(policy);
        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "policy: rule \"drops\" asks for the safety net backup_within; until safety.backup_source is set,"
                                + " what it would hold is refused",
                        "policy: rule \"drops\" asks for the safety net restore_point; until safety.user is set,"
                                + " what it would hold is refused");
    }
}
