package io.sallyport.proxy.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the server's prepared statements say, by name; protocol and SQL share the namespace (commands/prepare.c). An
 * entry changes on the server's confirmation only. Until it comes, the old text and every proposed one are candidates,
 * and all of them are judged. ParseComplete and CloseComplete say what a name stands for; a command tag of SQL does
 * not, so PREPARE only adds a candidate.
 */
public final class PreparedStatements {
    private final Map<String, Set<SqlText>> confirmed = new HashMap<>();
    private final Map<String, List<Proposal>> proposed = new HashMap<>();
    /** Texts of one session together; a client that prepares more than this is refused, not evicted. */
    private static final long MOST_BYTES = 64L << 20;

    private final int maximum;
    private int proposals;
    private long bytes;

    public PreparedStatements(int maximum) {
        this.maximum = maximum;
    }

    /** A text that a forwarded Parse or PREPARE will give to a name if the server agrees. */
    public static final class Proposal {
        private final String name;
        private final SqlText text;

        private Proposal(String name, SqlText text) {
            this.name = name;
            this.text = text;
        }
    }

    /** Whether no further name may be prepared in this session. */
    public boolean full() {
        return confirmed.size() + proposals >= maximum || bytes >= MOST_BYTES;
    }

    /** Every text that the name may stand for on the server; empty when it is not known. */
    public Set<SqlText> candidates(String name) {
        Set<SqlText> candidates = new LinkedHashSet<>(confirmed.getOrDefault(name, Set.of()));
        for (Proposal proposal : proposed.getOrDefault(name, List.of())) {
            candidates.add(proposal.text);
        }
        return candidates;
    }

    /** The names, but for the unnamed one, that stand for such a text, or may. */
    public List<String> names(Predicate<SqlText> such) {
        Set<String> found = new LinkedHashSet<>();
        confirmed.forEach((name, texts) -> {
            if (texts.stream().anyMatch(such)) {
                found.add(name);
            }
        });
        proposed.forEach((name, pending) -> {
            if (pending.stream().anyMatch(proposal -> such.test(proposal.text))) {
                found.add(name);
            }
        });
        found.remove("");
        return List.copyOf(found);
    }

    /** The one text that the name stands for for certain, or null where that is not known or more are possible. */
    public @Nullable SqlText only(String name) {
        Set<SqlText> known = confirmed.get(name);
        return known == null || known.size() != 1 || proposed.containsKey(name)
                ? null
                : known.iterator().next();
    }

    public Proposal propose(String name, SqlText text) {
        Proposal proposal = new Proposal(name, text);
        proposed.computeIfAbsent(name, n -> new ArrayList<>(1)).add(proposal);
        proposals++;
        bytes += text.length();
        return proposal;
    }

    /** ParseComplete: the name was free before, so it stands for this text alone. */
    public void confirm(Proposal proposal) {
        if (withdraw(proposal)) {
            forgotten(confirmed.remove(proposal.name));
            keep(proposal);
        }
    }

    /**
     * A command tag says that something was prepared, not what: the text becomes one more that the name may stand for.
     */
    public void confirmPossible(Proposal proposal) {
        if (withdraw(proposal)) {
            keep(proposal);
        }
    }

    private void keep(Proposal proposal) {
        if (confirmed
                .computeIfAbsent(proposal.name, name -> new LinkedHashSet<>(2))
                .add(proposal.text)) {
            bytes += proposal.text.length();
        }
    }

    /** The server refused it, or never came to it. */
    public void abandon(Proposal proposal) {
        withdraw(proposal);
    }

    /** The server confirmed a Close, a DEALLOCATE, or (null) DEALLOCATE ALL or DISCARD ALL. */
    public void forget(@Nullable String name) {
        if (name == null) {
            confirmed.values().forEach(this::forgotten);
            confirmed.clear();
        } else {
            forgotten(confirmed.remove(name));
        }
    }

    private void forgotten(@Nullable Set<SqlText> texts) {
        if (texts != null) {
            texts.forEach(text -> bytes -= text.length());
        }
    }

    private boolean withdraw(Proposal proposal) {
        List<Proposal> pending = proposed.get(proposal.name);
        if (pending == null || !pending.remove(proposal)) {
            return false;
        }
        proposals--;
        bytes -= proposal.text.length();
        if (pending.isEmpty()) {
            proposed.remove(proposal.name);
        }
        return true;
    }
}
