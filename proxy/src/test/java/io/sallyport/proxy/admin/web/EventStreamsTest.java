package io.sallyport.proxy.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.admin.http.EventSink;
import io.sallyport.proxy.admin.http.EventStream;
import io.sallyport.proxy.approval.Approvals;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldFeed;
import io.sallyport.proxy.hold.HoldFixture;
import io.sallyport.proxy.hold.HoldObserver;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.safety.MemoryNets;
import io.sallyport.proxy.session.fakes.ManualLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventStreamsTest {
    private static final HoldObserver NOBODY = new HoldObserver() {
        @Override
        public void opened(Hold hold) {}

        @Override
        public void ended(Hold hold, Resolution resolution) {}
    };

    private final ManualLoop time = new ManualLoop();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final HoldFeed feed = new HoldFeed(NOBODY);
    private final Holds holds = HoldFixture.holds(time.clock(), Duration.ofMinutes(10), feed);
    private final HoldApi api =
            new HoldApi(holds, new MemoryNets(), new Approvals(holds, (code, voter, vote, counted, detail) -> true));
    private final EventStreams streams = new EventStreams(api, thread, time.clock());

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    private static final class Reader implements EventSink {
        private final List<String> seen = new CopyOnWriteArrayList<>();
        private Runnable onClose = () -> {};

        @Override
        public void send(String event, String json) {
            seen.add(event + " " + json);
        }

        @Override
        public void close() {
            onClose.run();
        }

        @Override
        public void onClose(Runnable action) {
            onClose = action;
        }

        void await(String event, String text) {
            Awaitility.await()
                    .until(() -> seen.stream().anyMatch(line -> line.startsWith(event + " ") && line.contains(text)));
        }
    }

    private Reader reader() {
        Reader reader = new Reader();
        ((EventStream) streams.open(() -> true)).subscriber().accept(reader);
        reader.await("waiting", "");
        return reader;
    }

    @Test
    void a_reader_learns_what_waits_and_then_what_happens_in_its_order() {
        feed.watch(streams);
        Hold before = holds.open(HoldFixture.REQUEST, null, (hold, how) -> {});
        Reader reader = reader();
        reader.await("waiting", before.code().value());
        Hold later = holds.open(HoldFixture.REQUEST, null, (hold, how) -> {});
        holds.resolve(later, new Resolution.Rejected("bob", "no"));
        reader.await("ended", later.code().value());
        assertThat(reader.seen)
                .extracting(line -> line.split(" ", 2)[0])
                .containsExactly("beat", "waiting", "opened", "ended");
        assertThat(reader.seen.get(3)).contains("\"endedBy\":\"bob\"", "\"reason\":\"no\"");
    }

    @Test
    void who_went_away_is_told_nothing_more() {
        feed.watch(streams);
        Reader reader = reader();
        Reader other = reader();
        reader.close();
        holds.open(HoldFixture.REQUEST, null, (hold, how) -> {});
        other.await("opened", "");
        assertThat(reader.seen).noneMatch(line -> line.startsWith("opened"));
    }

    @Test
    void a_watcher_that_fails_fails_no_hold() {
        feed.watch(new HoldObserver() {
            @Override
            public void opened(Hold hold) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void ended(Hold hold, Resolution resolution) {
                throw new IllegalStateException("broken");
            }
        });
        Hold hold = holds.open(HoldFixture.REQUEST, null, (ended, how) -> {});
        assertThat(holds.resolve(hold, new Resolution.Approved("bob"))).isTrue();
    }
}
