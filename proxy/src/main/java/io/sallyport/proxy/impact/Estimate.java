package io.sallyport.proxy.impact;

import io.sallyport.policies.rule.Impact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers to the questions of one {@link Estimable}: kept as they come, and read when all of them are there. */
public final class Estimate {
    /** A plan of some thousand partitions. */
    private static final int LONGEST = 512 * 1024;

    private final Estimable about;
    private final List<String> sizes = new ArrayList<>();
    private @Nullable String plan;
    private boolean failed;

    public Estimate(Estimable about) {
        this.about = about;
    }

    public Estimable about() {
        return about;
    }

    /** @param json the answer to {@link Estimable#planQuestion} */
    public void planned(String json) {
        failed |= json.length() > LONGEST;
        plan = failed ? null : json;
    }

    /** @param json the answer to one of {@link Estimable#sizeQuestions} */
    public void size(String json) {
        sizes.add(json.length() > LONGEST ? "" : json);
    }

    /** Nobody waits for answers any more. */
    public void failed() {
        failed = true;
    }

    /** In characters. */
    public int length() {
        return (plan == null ? 0 : plan.length())
                + sizes.stream().mapToInt(String::length).sum();
    }

    /** Unknown where the server did not answer, or not with what was asked for. */
    public Impact impact() {
        String json = plan;
        if (failed) {
            return Impact.UNKNOWN;
        }
        if (about.wholeTables()) {
            Long total = total();
            return new Impact(total, total);
        }
        PlannedRows.Changed changed = json == null ? null : PlannedRows.changed(json);
        if (changed == null) {
            return Impact.UNKNOWN;
        }
        // Of a statement that writes in two places, one table's size says nothing.
        return new Impact(changed.rows(), changed.writes() == 1 ? total() : null);
    }

    private @Nullable Long total() {
        if (sizes.size() != about.targets().size()) {
            return null;
        }
        long total = 0;
        for (String json : sizes) {
            Long size = PlannedRows.brought(json);
            if (size == null) {
                return null;
            }
            total += size;
        }
        return total;
    }
}
