package io.sallyport.proxy.admin.web;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.sallyport.proxy.admin.http.Answer;
import io.sallyport.proxy.admin.http.EventSink;
import io.sallyport.proxy.admin.http.EventStream;
import io.sallyport.proxy.admin.http.Reply;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldObserver;
import io.sallyport.proxy.hold.Resolution;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.json.JsonMapper;

/** Tells those who watch what happens to holds, in its order; all of it on one thread. */
final class EventStreams implements HoldObserver {
    static final long BEAT_SECONDS = 10;
    private static final int MOST = 200;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Reader(EventSink sink, BooleanSupplier welcome) {}

    private final HoldApi holds;
    private final ScheduledExecutorService thread;
    private final Clock clock;
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();

    EventStreams(HoldApi holds, ScheduledExecutorService thread, Clock clock) {
        this.holds = holds;
        this.thread = thread;
        this.clock = clock;
        var unused = thread.scheduleWithFixedDelay(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    /** @param welcome asked now and then; the stream ends when it says no */
    Answer open(BooleanSupplier welcome) {
        if (readers.size() >= MOST) {
            return Reply.error(HttpResponseStatus.SERVICE_UNAVAILABLE, "too many watch already");
        }
        return new EventStream(sink -> later(() -> begin(new Reader(sink, welcome))));
    }

    private void begin(Reader reader) {
        readers.add(reader);
        reader.sink().onClose(() -> readers.remove(reader));
        reader.sink().send("beat", JSON.writeValueAsString(time()));
        reader.sink().send("waiting", JSON.writeValueAsString(holds.waiting()));
    }

    @Override
    public void opened(Hold hold) {
        tell("opened", hold);
    }

    @Override
    public void changed(Hold hold) {
        tell("changed", hold);
    }

    @Override
    public void ended(Hold hold, Resolution resolution) {
        tell("ended", hold);
    }

    @Override
    public void openedElsewhere(Hold hold) {
        tell("opened", hold);
    }

    @Override
    public void changedElsewhere(Hold hold) {
        tell("changed", hold);
    }

    @Override
    public void endedElsewhere(Hold hold, Resolution resolution) {
        tell("ended", hold);
    }

    @Override
    public void orphaned(Hold hold, Resolution resolution) {
        tell("ended", hold);
    }

    private void tell(String event, Hold hold) {
        if (!readers.isEmpty()) {
            later(() -> {
                String json = JSON.writeValueAsString(HoldView.listed(hold));
                readers.forEach(reader -> reader.sink().send(event, json));
            });
        }
    }

    private void beat() {
        String now = JSON.writeValueAsString(time());
        for (Reader reader : readers) {
            if (reader.welcome().getAsBoolean()) {
                reader.sink().send("beat", now);
            } else {
                reader.sink().send("over", "{}");
                reader.sink().close();
            }
        }
    }

    private Map<String, String> time() {
        return Map.of("now", clock.instant().toString());
    }

    private void later(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException stopping) {
            // Every reader is being disconnected.
        }
    }
}
