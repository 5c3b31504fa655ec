package io.sallyport.policies.effects;

import java.util.Locale;
import java.util.function.ToLongFunction;

/** What is counted of each table. */
@SuppressWarnings("ImmutableEnumChecker") // a method reference
public enum EffectCount {
    DELETED("rows deleted", TableEffect::deleted),
    UPDATED("rows updated", TableEffect::updated),
    INSERTED("rows inserted", TableEffect::inserted),
    CHANGED("rows inserted, updated or deleted", TableEffect::changed);

    private final String words;
    private final ToLongFunction<TableEffect> count;

    EffectCount(String words, ToLongFunction<TableEffect> count) {
        this.words = words;
        this.count = count;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    long of(TableEffect effect) {
        return count.applyAsLong(effect);
    }

    String words() {
        return words;
    }
}
