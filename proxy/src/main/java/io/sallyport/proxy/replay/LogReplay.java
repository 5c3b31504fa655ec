package io.sallyport.proxy.replay;

import io.sallyport.policies.Policy;
import io.sallyport.proxy.replay.log.LogException;
import io.sallyport.proxy.replay.log.LogInput;
import io.sallyport.proxy.replay.log.LogRecord;
import io.sallyport.proxy.replay.log.LogTime;
import io.sallyport.proxy.replay.log.UnreadableLines;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Replays logs, one after another. */
public final class LogReplay {
    private final Policy policy;
    private final ReplayCounts counts;
    private final Replay replay;
    private final LogTime time;
    private final UnreadableLines unreadable = new UnreadableLines();
    private final List<Summary.Source> sources = new ArrayList<>();

    /**
     * @param given the zone of times in the logs where their own is not clear
     * @param hours the zone of hours and days in the summary
     */
    public LogReplay(
            Policy policy,
            Memberships memberships,
            ReplayFilter filter,
            boolean includeErrors,
            @Nullable ZoneId given,
            ZoneId hours) {
        this.policy = policy;
        this.counts = new ReplayCounts(hours);
        this.replay = new Replay(policy, memberships, filter, includeErrors, counts);
        this.time = new LogTime(given);
    }

    /** Reads one log to its end; {@code -} is standard input. */
    public void read(String name, InputStream standardInput, LogInput.Options options, LongConsumer bytesRead)
            throws LogException {
        String file = name.equals(LogInput.STANDARD_INPUT) ? "standard input" : name;
        long before = counts.records();
        long unreadableBefore = unreadable.count();
        try (LogInput log = LogInput.open(name, standardInput, bytesRead, options, time, unreadable)) {
            for (LogRecord record = log.reader().next();
                    record != null;
                    record = log.reader().next()) {
                replay.take(record);
            }
            long records = counts.records() - before;
            if (records == 0 && unreadable.count() > unreadableBefore) {
                // "None would be stopped" of a log that could not be read would be false comfort.
                throw new LogException(file + ": no record of " + log.described() + " in it; expected another --input");
            }
            sources.add(new Summary.Source(file, log.described(), records));
        } catch (IOException e) {
            throw new LogException(file + ": cannot be read to its end: " + e.getMessage(), e);
        }
    }

    public Summary summary(String policyName, Summariser.Options options) {
        List<String> notes = Summariser.notes(counts, replay.sessions(), time, policy.asksRoles());
        return new Summariser(counts, options).summary(policyName, sources, replay, unreadable, notes);
    }
}
