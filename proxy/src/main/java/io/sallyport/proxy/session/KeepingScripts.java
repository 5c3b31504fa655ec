package io.sallyport.proxy.session;

import io.sallyport.policies.effects.Effects;
import io.sallyport.proxy.impact.EffectsQuestion;
import io.sallyport.proxy.kept.Exactness;
import io.sallyport.proxy.kept.KeepingSql;
import io.sallyport.proxy.kept.KeptCount;
import io.sallyport.proxy.kept.Prepared;
import io.sallyport.proxy.kept.SeenTable;
import io.sallyport.proxy.kept.TouchedRows;
import io.sallyport.proxy.kept.TouchedRows.Verb;
import io.sallyport.proxy.kept.Unkeepable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What is asked on the client's own connection before its batch and behind it, and what came of that. */
final class KeepingScripts {
    private static final byte[] NO_TYPES = {};

    private final Keepable what;
    private final EffectsQuestion before = new EffectsQuestion();
    private final EffectsQuestion after = new EffectsQuestion();
    private final List<SeenTable> seen = new ArrayList<>();
    private final List<KeptCount> counts = new ArrayList<>();
    /** What our own statements have copied, of each table. */
    private final List<Long> copied = new ArrayList<>();

    private final List<Long> copiedAfter = new ArrayList<>();
    private final List<Long> left = new ArrayList<>();
    private byte[] types;
    private boolean broken;

    KeepingScripts(Keepable what) {
        this.what = what;
        this.types = what.types();
    }

    Verb verb() {
        return rows().verb();
    }

    private TouchedRows rows() {
        return what.rows();
    }

    /**
     * Opens a transaction where none is, and looks which tables are meant.
     *
     * @throws Unkeepable where a name cannot be asked for
     */
    OwnScript look(boolean begin) throws Unkeepable {
        OwnScript script = new OwnScript();
        if (begin) {
            script.run("BEGIN");
        }
        script.ask(EffectsQuestion.sql(), before::row);
        lock(script);
        ask(script);
        if (what.values() != null) {
            script.sync().types(what.sql(), what.types(), this::typed);
        }
        return script;
    }

    /** Asks which tables are meant, and no more. */
    OwnScript names() throws Unkeepable {
        OwnScript script = new OwnScript();
        ask(script);
        return script;
    }

    /** They stay what they are from now on. */
    private void lock(OwnScript script) {
        for (TouchedRows.Relation table : rows().tables()) {
            script.ask(KeepingSql.lock(rows().verb(), table), row -> {});
        }
    }

    private void ask(OwnScript script) throws Unkeepable {
        for (TouchedRows.Relation table : rows().tables()) {
            script.ask(KeepingSql.seen(table), answer -> read(() -> seen.add(SeenTable.read(answer))));
        }
    }

    private void typed(String array) {
        read(() -> {
            String inner = array.substring(1, array.length() - 1);
            String[] oids = inner.isEmpty() ? new String[0] : inner.split(",", -1);
            ByteBuffer bytes = ByteBuffer.allocate(oids.length * Integer.BYTES);
            for (String oid : oids) {
                bytes.putInt((int) Long.parseLong(oid));
            }
            types = bytes.array();
        });
    }

    private void read(Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException | IndexOutOfBoundsException unexpected) {
            broken = true;
        }
    }

    /** Which tables they are; empty where the server did not tell of all. */
    List<SeenTable> seen() {
        return broken || seen.size() != rows().tables().size() ? List.of() : List.copyOf(seen);
    }

    List<Boolean> only() {
        return rows().tables().stream().map(TouchedRows.Relation::only).toList();
    }

    /** Copies the rows, one more than may be kept. */
    OwnScript keep(Prepared prepared, long most) {
        counts.clear();
        OwnScript script = new OwnScript();
        for (int i = 0; i < prepared.tables().size(); i++) {
            byte[] copy = KeepingSql.keep(
                    rows(), rows().tables().get(i), prepared.tables().get(i), most + 1);
            script.ask(
                    copy,
                    what.values() == null ? NO_TYPES : types,
                    what.values(),
                    answer -> read(() -> copied.add(Long.parseLong(answer))));
        }
        counted(script, prepared);
        return script;
    }

    private void counted(OwnScript script, Prepared prepared) {
        for (Prepared.Table table : prepared.tables()) {
            script.ask(KeepingSql.counted(table), answer -> read(() -> counts.add(KeptCount.read(answer))));
        }
    }

    /** Behind {@link #keep}: whether the server has told how many were copied, and nothing else is there. */
    boolean told(Prepared prepared) {
        return !broken && counts.size() == prepared.tables().size() && genuine();
    }

    long kept() {
        return counts.stream().mapToLong(KeptCount::before).sum();
    }

    /** Whether nothing is in the kept tables but what we have copied: the requester's role may write there until they are sealed. */
    private boolean genuine() {
        return counts.stream().map(KeptCount::before).toList().equals(copied)
                && (copiedAfter.isEmpty()
                        ? counts.stream().allMatch(count -> count.after() == 0)
                        : counts.stream().map(KeptCount::after).toList().equals(copiedAfter));
    }

    /**
     * Looks at what was done.
     *
     * @param ours whether the transaction is: what waits for COMMIT happens now then
     */
    OwnScript check(Prepared prepared, boolean ours) {
        counts.clear();
        OwnScript script = new OwnScript();
        if (ours) {
            script.run("SET CONSTRAINTS ALL IMMEDIATE");
        }
        // First, for what follows is counted too.
        script.ask(EffectsQuestion.sql(), after::row);
        for (int i = 0; i < prepared.tables().size(); i++) {
            TouchedRows.Relation table = rows().tables().get(i);
            Prepared.Table kept = prepared.tables().get(i);
            if (rows().verb() == Verb.UPDATE) {
                script.ask(
                        KeepingSql.after(table, kept), answer -> read(() -> copiedAfter.add(Long.parseLong(answer))));
            }
            script.ask(KeepingSql.left(rows(), table, kept), answer -> read(() -> left.add(Long.parseLong(answer))));
        }
        counted(script, prepared);
        return script;
    }

    Effects effects() {
        return Exactness.without(after.effects().since(before.effects()));
    }

    /** What was written to keep them. */
    Effects copied() {
        return Exactness.keeping(after.effects().since(before.effects()));
    }

    Exactness exactness(Prepared prepared) {
        return new Exactness(prepared, broken || !genuine() ? List.of() : counts, left, effects());
    }

    List<KeptCount> counts() {
        return List.copyOf(counts);
    }
}
