package io.sallyport.proxy.hold;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells those who watch, after the one who keeps the record: only that one may fail a hold. */
public final class HoldFeed implements HoldObserver {
    private static final Logger log = LoggerFactory.getLogger(HoldFeed.class);

    private final HoldObserver record;
    private final List<HoldObserver> watchers = new CopyOnWriteArrayList<>();

    public HoldFeed(HoldObserver record) {
        this.record = record;
    }

    public void watch(HoldObserver watcher) {
        watchers.add(watcher);
    }

    @Override
    public void opened(Hold hold) {
        record.opened(hold);
        tell(watcher -> watcher.opened(hold));
    }

    @Override
    public void changed(Hold hold) {
        record.changed(hold);
        tell(watcher -> watcher.changed(hold));
    }

    @Override
    public void ended(Hold hold, Resolution resolution) {
        record.ended(hold, resolution);
        tell(watcher -> watcher.ended(hold, resolution));
    }

    @Override
    public void openedElsewhere(Hold hold) {
        tell(watcher -> watcher.openedElsewhere(hold));
    }

    @Override
    public void changedElsewhere(Hold hold) {
        tell(watcher -> watcher.changedElsewhere(hold));
    }

    @Override
    public void endedElsewhere(Hold hold, Resolution resolution) {
        tell(watcher -> watcher.endedElsewhere(hold, resolution));
    }

    @Override
    public void orphaned(Hold hold, Resolution resolution) {
        record.orphaned(hold, resolution);
        tell(watcher -> watcher.orphaned(hold, resolution));
    }

    private void tell(Consumer<HoldObserver> what) {
        for (HoldObserver watcher : watchers) {
            try {
                what.accept(watcher);
            } catch (RuntimeException e) {
                log.error("somebody who watches holds failed", e);
            }
        }
    }
}
