package io.sallyport.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.webhook.Inbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** `sallyport webhook test`. */
@Timeout(60)
class WebhookCommandTest {
    @TempDir
    Path folder;

    private final Inbox inbox = new Inbox();
    private Path config;

    @BeforeEach
    void writes_a_configuration() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "0123456789abcdef");
        config = Files.writeString(folder.resolve("sallyport.yaml"), """
                upstream: db1
                webhooks:
                  ops:
                    url: %s/hidden
                    secret_file: %s
                """.formatted(inbox.url(), secret));
    }

    @AfterEach
    void closes() {
        inbox.close();
    }

    @Test
    void a_sample_is_sent_and_the_answer_printed() {
        inbox.next(Inbox.answer(202, "thanks \u001b[2J"));
        Invocation tried = Invocation.of("webhook", "test", "ops", "--config", config.toString());
        assertThat(tried.exitCode()).isZero();
        assertThat(tried.out())
                .contains("ops (127.0.0.1): taken, HTTP 202", "answer   thanks")
                .contains("delivery " + inbox.letters().get(0).delivery())
                .doesNotContain("hidden", "\u001b");
        assertThat(inbox.events()).containsExactly("test");
    }

    @Test
    void a_receiver_that_refuses_or_is_not_there_is_a_failure_and_is_asked_once() {
        inbox.next(Inbox.answer(500, "no"));
        Invocation refused = Invocation.of("webhook", "test", "ops", "--config", config.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).contains("ops (127.0.0.1): not taken, HTTP 500", "answer   no");
        assertThat(inbox.letters()).hasSize(1);
        inbox.close();
        Invocation gone = Invocation.of("webhook", "test", "ops", "--config", config.toString());
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.out()).contains("not taken, it cannot be connected to").doesNotContain("hidden");
    }

    @Test
    void an_unknown_name_is_a_usage_error_that_lists_the_known() {
        Invocation unknown = Invocation.of("webhook", "test", "pager", "--config", config.toString());
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("there is no webhook \"pager\"; expected one of ops");
    }
}
