package io.sallyport.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Whoever asks for many roles that do not exist keeps nobody else waiting. */
final class TurnsTest {
    private final Queue<Runnable> tokens = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private boolean full;
    private final Turns turns = new Turns(token -> {
        if (full) {
            throw new RejectedExecutionException("full");
        }
        tokens.add(token);
    });

    private void ask(String caller, String what) {
        turns.execute(caller, () -> done.add(what));
    }

    private void runAll() {
        while (!tokens.isEmpty()) {
            tokens.remove().run();
        }
    }

    @Test
    void callers_take_turns() {
        for (int i = 0; i < 5; i++) {
            ask("flood", "flood " + i);
        }
        ask("alice", "alice");
        ask("bob", "bob");
        runAll();
        assertThat(done).containsExactly("flood 0", "alice", "bob", "flood 1", "flood 2", "flood 3", "flood 4");
    }

    @Test
    void one_caller_fills_its_own_queue_alone() {
        for (int i = 0; i < Turns.MOST_OF_ONE; i++) {
            ask("flood", "flood");
        }
        assertThatThrownBy(() -> ask("flood", "flood")).isInstanceOf(RejectedExecutionException.class);
        ask("alice", "alice");
        runAll();
        assertThat(done).hasSize(Turns.MOST_OF_ONE + 1);
        assertThat(done.get(1)).isEqualTo("alice");
    }

    @Test
    void what_was_rejected_does_not_run() {
        ask("alice", "first");
        full = true;
        assertThatThrownBy(() -> ask("alice", "second")).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> ask("bob", "third")).isInstanceOf(RejectedExecutionException.class);
        full = false;
        ask("carol", "fourth");
        runAll();
        assertThat(done).containsExactly("first", "fourth");
    }

    @Test
    void an_ipv6_host_is_one_caller_whatever_address_of_its_network_it_takes() {
        assertThat(Networks.of("2001:db8:0:1:a:b:c:d:5000"))
                .isEqualTo(Networks.of("2001:db8:0:1:0:0:0:7:5001"))
                .isNotEqualTo(Networks.of("2001:db8:0:2:0:0:0:7:5001"));
        assertThat(Networks.of("10.0.0.1:5000")).isEqualTo("10.0.0.1");
    }
}
