package io.sallyport.policies.analysis.structure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether a formula holds whatever its subjects are. */
final class Tautology {
    private Tautology() {}

    static Verdict judge(Formula formula) {
        if (formula instanceof Truth truth) {
            return truth == Truth.TRUE ? Verdict.ALWAYS : Verdict.DEPENDS;
        }
        if (formula instanceof Formula.All all) {
            Verdict weakest = Verdict.ALWAYS;
            for (Formula part : all.parts()) {
                weakest = weakest.weaker(judge(part));
            }
            return weakest;
        }
        if (formula instanceof Formula.Any any) {
            Verdict strongest = Verdict.DEPENDS;
            for (List<Formula> sides : connected(any.parts())) {
                strongest = strongest.stronger(together(sides));
            }
            return strongest;
        }
        return varies(formula) ? Verdict.DEPENDS : Verdict.OPEN;
    }

    private static boolean varies(Formula leaf) {
        return leaf instanceof Formula.Fact fact
                ? fact.varies()
                : !(leaf instanceof Formula.Bound bound) || bound.varies();
    }

    private static Verdict together(List<Formula> sides) {
        if (sides.size() == 1) {
            return judge(sides.get(0));
        }
        Verdict strongest = TruthTable.judge(Formula.any(sides));
        for (Formula side : sides) {
            strongest = strongest.stronger(judge(side));
        }
        return strongest;
    }

    /** Groups of sides that share subjects: an OR of groups that share none is a tautology only when one of them is. */
    private static Collection<List<Formula>> connected(List<Formula> sides) {
        int[] group = new int[sides.size()];
        Map<String, Integer> firstWith = new HashMap<>();
        for (int i = 0; i < group.length; i++) {
            group[i] = i;
            for (String subject : subjects(sides.get(i))) {
                Integer other = firstWith.putIfAbsent(subject, i);
                if (other != null) {
                    join(group, other, i);
                }
            }
        }
        Map<Integer, List<Formula>> groups = new LinkedHashMap<>();
        for (int i = 0; i < group.length; i++) {
            groups.computeIfAbsent(root(group, i), key -> new ArrayList<>()).add(sides.get(i));
        }
        return groups.values();
    }

    private static void join(int[] group, int a, int b) {
        int left = root(group, a);
        int right = root(group, b);
        group[Math.max(left, right)] = Math.min(left, right);
    }

    private static int root(int[] group, int i) {
        int at = i;
        while (group[at] != at) {
            group[at] = group[group[at]];
            at = group[at];
        }
        return at;
    }

    private static List<String> subjects(Formula formula) {
        List<String> found = new ArrayList<>();
        collect(formula, found);
        return found;
    }

    private static void collect(Formula formula, List<String> found) {
        if (formula instanceof Formula.Fact fact) {
            found.add(fact.subject());
        } else if (formula instanceof Formula.Bound bound) {
            found.add(bound.subject());
        } else if (formula instanceof Formula.All all) {
            all.parts().forEach(part -> collect(part, found));
        } else if (formula instanceof Formula.Any any) {
            any.parts().forEach(part -> collect(part, found));
        }
    }
}
