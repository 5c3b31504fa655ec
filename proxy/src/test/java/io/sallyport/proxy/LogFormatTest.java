package io.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What logback.xml makes of a line, in both formats. */
class LogFormatTest {
    private static final String FORMAT = "SALLYPORT_LOG_FORMAT";
    private static final String LEVEL = "SALLYPORT_LOG_LEVEL";

    @AfterEach
    void forget() {
        System.clearProperty(FORMAT);
        System.clearProperty(LEVEL);
    }

    @Test
    void json_lines_carry_session_and_hold_as_fields() throws Exception {
        String line = logged(
                "json",
                "INFO",
                Map.of("session", "s-7", "hold", "K7Q4-F2MD"),
                logger -> logger.info("held\nby a rule"));
        JsonNode json = new JsonMapper().readTree(line);
        assertThat(line.lines()).hasSize(1);
        assertThat(json.get("message").asString()).isEqualTo("held\nby a rule");
        assertThat(json.get("session").asString()).isEqualTo("s-7");
        assertThat(json.get("hold").asString()).isEqualTo("K7Q4-F2MD");
        assertThat(json.get("level").asString()).isEqualTo("INFO");
        assertThat(json.get("time").asString()).endsWith("Z");
    }

    @Test
    void text_lines_are_one_line_and_name_the_session_where_there_is_one() throws Exception {
        assertThat(logged("text", "INFO", Map.of("session", "s-7"), logger -> logger.warn("a\r\nb")))
                .matches("\\d\\d:\\d\\d:\\d\\d WARN  a b session=s-7\n");
        assertThat(logged("text", "INFO", Map.of(), logger -> logger.info("plain")))
                .matches("\\d\\d:\\d\\d:\\d\\d INFO  plain\n");
    }

    @Test
    void the_level_is_obeyed() throws Exception {
        Consumer<Logger> both = logger -> {
            logger.info("quiet");
            logger.error("loud");
        };
        assertThat(logged("text", "ERROR", Map.of(), both)).contains("loud").doesNotContain("quiet");
    }

    @Test
    void audit_lines_are_written_as_they_are() throws Exception {
        assertThat(logged("json", "OFF", Map.of(), logger -> audit(logger).info("{\"event\":\"decided\"}")))
                .isEqualTo("{\"event\":\"decided\"}\n");
    }

    private static Logger audit(Logger any) {
        return ((ch.qos.logback.classic.Logger) any).getLoggerContext().getLogger("audit");
    }

    private static String logged(String format, String level, Map<String, String> mdc, Consumer<Logger> action)
            throws JoranException {
        System.setProperty(FORMAT, format);
        System.setProperty(LEVEL, level);
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
        LoggerContext context = new LoggerContext();
        try {
            LogbackMDCAdapter adapter = new LogbackMDCAdapter();
            context.setMDCAdapter(adapter);
            mdc.forEach(adapter::put);
            configure(context);
            action.accept(context.getLogger("io.sallyport.test"));
        } finally {
            context.stop();
            System.setErr(before);
        }
        return captured.toString(StandardCharsets.UTF_8);
    }

    private static void configure(LoggerContext context) throws JoranException {
        URL resource = Objects.requireNonNull(LogFormatTest.class.getResource("/logback.xml"));
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(resource);
    }
}
