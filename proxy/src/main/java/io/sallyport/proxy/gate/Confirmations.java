package io.sallyport.proxy.gate;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one batch of a session that was refused until its names are typed, and whether they were. It passes once, in
 * this session, unchanged, while its names mean what they meant; whatever else is asked for takes its place.
 */
public final class Confirmations {
    /** That a refused batch may run, once. Only made here. */
    public static final class Taken {
        private final Ruling.Confirm ruling;

        private Taken(Ruling.Confirm ruling) {
            this.ruling = ruling;
        }

        public Ruling.Confirm ruling() {
            return ruling;
        }
    }

    private Ruling.@Nullable Confirm asked;
    private long meaning;
    private boolean typed;

    /** @param meaning another number wherever names may have come to mean something else */
    public void ask(Ruling.Confirm ruling, long meaning) {
        this.asked = ruling;
        this.meaning = meaning;
        this.typed = false;
    }

    public void forget() {
        asked = null;
        typed = false;
    }

    /** The batch that waits for its names to be typed, or to be repeated; null when there is none. */
    public Ruling.@Nullable Confirm asked() {
        return asked;
    }

    /**
     * @param names what the requester typed
     * @return what is wrong with them, or null: the batch may be repeated, once
     */
    public @Nullable String type(List<String> names) {
        Set<String> wanted = Objects.requireNonNull(asked, "nothing was asked").names().stream()
                .map(NameToType::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (String name : names) {
            if (!wanted.contains(name)) {
                return "'" + name + "' is not what the refused statement names";
            }
        }
        wanted.removeAll(names);
        if (!wanted.isEmpty()) {
            return "the refused statement names " + wanted.size() + " more";
        }
        typed = true;
        return null;
    }

    /** Uses the confirmation up, where this ruling is on the batch that it was given for. */
    public @Nullable Taken take(Ruling.Confirm ruling, long meaningNow) {
        Ruling.Confirm given = asked;
        if (given == null
                || !typed
                || meaning != meaningNow
                || !given.print().equals(ruling.print())
                || !given.names().equals(ruling.names())) {
            return null;
        }
        forget();
        return new Taken(ruling);
    }
}
