package io.sallyport.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void help_lists_the_subcommands() {
        Invocation invocation = Invocation.of("--help");
        assertThat(invocation.exitCode()).isZero();
        assertThat(invocation.out()).contains("Usage: sallyport", "run", "demo", "version");
        assertThat(invocation.err()).isEmpty();
    }

    @Test
    void nothing_asked_is_a_usage_error_that_shows_the_help() {
        Invocation invocation = Invocation.of();
        assertThat(invocation.exitCode()).isEqualTo(2);
        assertThat(invocation.err()).contains("Usage: sallyport");
        assertThat(invocation.out()).isEmpty();
    }

    @Test
    void the_version_is_told_by_command_and_by_option() {
        assertThat(Invocation.of("version").out()).matches("sallyport \\S+ \\(Java .+\\)\\R");
        assertThat(Invocation.of("--version").out())
                .isEqualTo(Invocation.of("version").out());
    }

    @Test
    void a_misspelt_command_names_the_nearest() {
        Invocation invocation = Invocation.of("versoin");
        assertThat(invocation.exitCode()).isEqualTo(2);
        assertThat(invocation.err())
                .contains("sallyport: ", "versoin", "Did you mean", "version", "see sallyport --help");
    }

    @Test
    void an_unknown_log_format_or_level_is_a_configuration_error() {
        Invocation format = Invocation.with(Map.of("SALLYPORT_LOG_FORMAT", "xml"), "version");
        assertThat(format.exitCode()).isEqualTo(2);
        assertThat(format.err())
                .isEqualTo("sallyport: environment variable SALLYPORT_LOG_FORMAT: \"xml\" is unknown;"
                        + " expected one of json, text\n");
        Invocation level = Invocation.with(Map.of("SALLYPORT_LOG_LEVEL", "LOUD"), "version");
        assertThat(level.exitCode()).isEqualTo(2);
        assertThat(level.err()).contains("TRACE, DEBUG, INFO, WARN, ERROR, OFF");
    }

    @Test
    void log_settings_are_handed_to_the_logging_configuration() {
        Invocation.of("version");
        assertThat(System.getProperty("SALLYPORT_LOG_FORMAT")).isEqualTo("json");
        Invocation.with(Map.of("SALLYPORT_LOG_FORMAT", "TEXT", "SALLYPORT_LOG_LEVEL", "debug"), "version");
        assertThat(System.getProperty("SALLYPORT_LOG_FORMAT")).isEqualTo("text");
        assertThat(System.getProperty("SALLYPORT_LOG_LEVEL")).isEqualTo("DEBUG");
        Invocation.of("demo", "--no-such-option");
        assertThat(System.getProperty("SALLYPORT_LOG_FORMAT")).isEqualTo("text");
        assertThat(System.getProperty("SALLYPORT_LOG_LEVEL")).isEqualTo("WARN");
        Invocation.of("version");
    }
}
