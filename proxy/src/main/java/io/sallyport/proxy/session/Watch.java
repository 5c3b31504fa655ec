package io.sallyport.proxy.session;

import io.sallyport.protocol.backend.NoticeResponse;
import io.sallyport.proxy.console.ConsoleResult;
import io.sallyport.proxy.console.EventQueue;
import io.sallyport.proxy.console.Spans;
import io.sallyport.proxy.console.WatchEvent;
import io.sallyport.proxy.console.Watchers;
import io.sallyport.proxy.hold.Hold;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One session that is told of holds: by a NOTICE each, for these are shown at once while a statement runs, and by the
 * rows at its end. A client that does not read gets no notices meanwhile. On the session's loop.
 */
final class Watch {
    private static final int MOST_ROWS = 1_000;
    private static final int MOST_LISTED = 50;

    private final SessionContext context;
    private final int index;
    private final Deque<WatchEvent> came = new ArrayDeque<>();
    private final Set<String> listed = new HashSet<>();
    private @Nullable EventQueue events;
    private @Nullable Watchers watchers;
    private int untold;
    private boolean over;

    /** @param index of the message that is answered in the end */
    Watch(SessionContext context, int index) {
        this.context = context;
        this.index = index;
    }

    int index() {
        return index;
    }

    void begin(EventQueue queue, Watchers joined, @Nullable Duration span) {
        events = queue;
        watchers = joined;
        say(span == null ? "watching holds until you cancel (Ctrl-C)" : "watching holds for " + Spans.text(span));
        List<Hold> waiting = context.services().holds().waiting();
        for (WatchEvent event :
                joined.waiting(waiting.stream().limit(MOST_LISTED).toList())) {
            listed.add(event.code());
            tell(event);
        }
        if (waiting.size() > MOST_LISTED) {
            say((waiting.size() - MOST_LISTED) + " more wait: SALLYPORT HOLDS lists them");
        }
    }

    /** There is something new. */
    void tell() {
        EventQueue queue = events;
        if (over || queue == null) {
            return;
        }
        for (WatchEvent event : queue.take()) {
            // It opened while those that wait were being listed.
            if (!event.opened() || !listed.remove(event.code())) {
                tell(event);
            }
        }
        int lost = queue.lost();
        if (lost > 0) {
            say(lost + " events came faster than they could be told, and are not among the rows either");
        }
        context.flush();
    }

    private void tell(WatchEvent event) {
        came.add(event);
        if (came.size() > MOST_ROWS) {
            came.remove();
        }
        if (!context.reads()) {
            untold++;
            return;
        }
        if (untold > 0) {
            say(untold + " events were not shown here, for nobody read; the latest are among the rows in the end");
            untold = 0;
        }
        context.notice(NoticeResponse.notice(event.line(), event.why().isEmpty() ? null : event.why(), null));
    }

    private void say(String line) {
        context.remind(NoticeResponse.notice(line, null, null));
    }

    /** The latest, in their order. */
    ConsoleResult came() {
        return new ConsoleResult(came.stream().map(WatchEvent::row).toList());
    }

    /** @return whether this call ended it */
    boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }

    void leave() {
        over = true;
        if (watchers != null && events != null) {
            watchers.leave(events);
        }
    }
}
