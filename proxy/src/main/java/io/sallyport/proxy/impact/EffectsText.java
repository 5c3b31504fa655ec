package io.sallyport.proxy.impact;

import io.sallyport.policies.effects.Effects;
import io.sallyport.policies.effects.TableEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Effects in words, for people. */
public final class EffectsText {
    private static final int MOST = 20;

    private EffectsText() {}

    /** A line for each table, {@code users: 12,000 rows deleted}, and one each for catalogs and locks. */
    public static List<String> lines(Effects effects) {
        List<String> lines = new ArrayList<>();
        if (effects.unmeasured() != null) {
            lines.add("what it did is not known: " + effects.unmeasured());
        }
        effects.tables().stream().limit(MOST).map(EffectsText::line).forEach(lines::add);
        if (effects.tables().size() > MOST) {
            lines.add("and " + (effects.tables().size() - MOST) + " more tables");
        }
        if (!effects.locks().isEmpty()) {
            lines.add("emptied, altered, dropped or made: " + listed(effects.locks()));
        }
        if (!effects.catalogs().isEmpty()) {
            lines.add("system catalogs changed: "
                    + listed(effects.catalogs().stream()
                            .map(effect -> effect.table().name())
                            .toList()));
        }
        return lines;
    }

    private static String line(TableEffect effect) {
        List<String> parts = new ArrayList<>();
        add(parts, effect.deleted(), "deleted");
        add(parts, effect.updated(), "updated");
        add(parts, effect.inserted(), "inserted");
        String schema = effect.table().schema();
        String name = schema == null || schema.equals("public")
                ? effect.table().name()
                : effect.table().toString();
        return name + ": " + String.join(", ", parts);
    }

    private static void add(List<String> parts, long rows, String what) {
        if (rows != 0) {
            parts.add(String.format(Locale.ROOT, "%,d %s %s", rows, rows == 1 ? "row" : "rows", what));
        }
    }

    private static String listed(List<String> names) {
        String all = String.join(", ", names.subList(0, Math.min(MOST, names.size())));
        return names.size() > MOST ? all + ", …" : all;
    }
}
