package io.sallyport.proxy.hold;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HoldRaceTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 1_000;

    private final AtomicInteger ends = new AtomicInteger();
    private final Holds holds = HoldFixture.holds(Clock.systemUTC(), Duration.ofMinutes(10), new HoldObserver() {
        @Override
        public void opened(Hold hold) {}

        @Override
        public void ended(Hold hold, Resolution resolution) {
            ends.incrementAndGet();
        }
    });

    @Test
    void of_eight_who_end_a_hold_at_once_exactly_one_does() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                List<Resolution> heard = new ArrayList<>();
                Hold hold = holds.open(HoldFixture.REQUEST, null, (h, resolution) -> heard.add(resolution));
                List<Callable<Boolean>> contenders = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    Resolution mine = contender(i);
                    contenders.add(() -> {
                        start.await();
                        return holds.resolve(hold, mine);
                    });
                }
                int won = -1;
                int winners = 0;
                List<Future<Boolean>> results = threads.invokeAll(contenders);
                for (int i = 0; i < THREADS; i++) {
                    if (results.get(i).get()) {
                        won = i;
                        winners++;
                    }
                }
                assertThat(winners).isEqualTo(1);
                assertThat(heard).containsExactly(contender(won));
                assertThat(hold.resolution()).isEqualTo(contender(won));
            }
            assertThat(ends).hasValue(ROUNDS);
            assertThat(holds.waiting()).isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Resolution contender(int number) {
        return switch (number % 4) {
            case 0 -> new Resolution.Approved("approver " + number);
            case 1 -> new Resolution.Rejected("approver " + number, "no");
            case 2 -> new Resolution.Withdrawn("cancel " + number);
            default -> new Resolution.Expired();
        };
    }
}
