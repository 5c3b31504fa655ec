package io.sallyport.proxy.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpMethod;
import io.sallyport.proxy.admin.http.Reply;
import io.sallyport.proxy.admin.http.Request;
import io.sallyport.proxy.approval.Proven;
import io.sallyport.proxy.auth.LoginThrottle;
import io.sallyport.proxy.auth.PasswordProof;
import io.sallyport.proxy.session.fakes.ManualLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SignInTest implements SignInObserver {
    private static final Request LOCAL = Requests.post();

    private final ManualLoop time = new ManualLoop();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<String> told = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final PasswordProof bobsPassword = (role, password) -> {
        asked.add(role);
        if (!password.equals("bob")) {
            throw new IllegalStateException("a fault, with the password " + password);
        }
        return Set.of(role);
    };

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Override
    public void signedIn(String role, String address, String by) {
        told.add(role + " by " + by);
    }

    @Override
    public void signInFailed(String user, String address, String reason, Duration delay) {
        told.add(user + " " + reason);
    }

    private String prove(Request request, String password, int most, Executor logins) {
        return prove(new SignInLimits(most, time.clock()), request, password, logins);
    }

    private String prove(SignInLimits limits, Request request, String password, Executor logins) {
        List<String> outcome = new ArrayList<>();
        LoginThrottle throttle = new LoginThrottle(Duration.ZERO, time.clock());
        new Passwords(bobsPassword, new SignIn(throttle, limits, this, timer), logins)
                .prove(request, new Bodies.Login("bob", password), "api", new SignIn.Outcome() {
                    @Override
                    public void proved(Proven who) {
                        outcome.add(who.name());
                    }

                    @Override
                    public void refused(Reply reply) {
                        outcome.add(reply.status().code() + " " + new String(reply.body(), StandardCharsets.UTF_8));
                    }
                });
        Awaitility.await().until(() -> !outcome.isEmpty());
        return outcome.get(0);
    }

    @Test
    void a_right_password_proves_the_role() {
        assertThat(prove(LOCAL, "bob", 1, Runnable::run)).isEqualTo("bob");
        assertThat(told).containsExactly("bob by api");
    }

    @Test
    void a_fault_proves_nobody_and_tells_nothing() {
        assertThat(prove(LOCAL, "guess", 1, Runnable::run)).startsWith("500 ").doesNotContain("guess");
    }

    @Test
    void a_password_from_a_network_needs_tls_and_is_not_even_tried() {
        Request plain = Requests.of(HttpMethod.POST, "192.0.2.1", false);
        assertThat(prove(plain, "bob", 1, Runnable::run)).startsWith("403 ").contains("admin_tls");
        assertThat(asked).isEmpty();
        assertThat(prove(Requests.of(HttpMethod.POST, "192.0.2.1", true), "bob", 1, Runnable::run))
                .isEqualTo("bob");
    }

    @Test
    void a_full_queue_is_a_refusal_that_counts_as_no_failure() {
        SignInLimits limits = new SignInLimits(1, time.clock());
        String full = prove(limits, LOCAL, "bob", task -> {
            throw new RejectedExecutionException();
        });
        assertThat(full).startsWith("503 ");
        assertThat(prove(limits, LOCAL, "bob", Runnable::run)).isEqualTo("bob");
    }

    @Test
    void failures_of_an_address_or_a_user_are_counted_from_their_beginning_for_a_while() {
        SignInLimits limits = new SignInLimits(2, time.clock());
        assertThat(limits.begin("a", "bob")).isTrue();
        assertThat(limits.begin("b", "bob")).isTrue();
        assertThat(limits.begin("c", "bob")).isFalse();
        assertThat(limits.begin("a", "carol")).isTrue();
        assertThat(limits.begin("a", "dave")).isFalse();
        limits.giveBack("a", "carol");
        assertThat(limits.begin("a", "dave")).isTrue();
        time.skipTime(SignInLimits.WITHIN.plusSeconds(1));
        assertThat(limits.begin("c", "bob")).isTrue();
    }

    @Test
    void who_does_not_say_who_they_are_counts_for_their_network_only() {
        SignInLimits limits = new SignInLimits(1, time.clock());
        assertThat(limits.begin("a", "")).isTrue();
        assertThat(limits.begin("a", "")).isFalse();
        assertThat(limits.begin("b", "")).isTrue();
    }

    @Test
    void too_many_failures_are_told_to_wait() {
        SignInLimits limits = new SignInLimits(1, time.clock());
        limits.begin("127.0.0.1", "bob");
        assertThat(prove(limits, LOCAL, "bob", Runnable::run)).startsWith("429 ");
    }
}
