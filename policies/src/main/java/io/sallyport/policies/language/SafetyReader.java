package io.sallyport.policies.language;

import io.sallyport.policies.decision.SafetyNet;
import io.sallyport.policies.decision.SafetyTerms;
import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Entry;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.document.DocumentNode.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code safety: [restore_point, {backup_within: 24h}]}. */
final class SafetyReader {
    private static final String EXPECTED = "a list such as [restore_point, {backup_within: 24h}]";
    private static final Map<String, SafetyNet> BY_LABEL = new LinkedHashMap<>();

    static {
        Arrays.stream(SafetyNet.values()).forEach(net -> BY_LABEL.put(net.label(), net));
    }

    static final Map<String, Object> SCHEMA = schema();

    private final Words words;

    SafetyReader(Words words) {
        this.words = words;
    }

    /** @param node null where nothing is asked for */
    SafetyTerms read(@Nullable DocumentNode node) {
        if (node == null) {
            return SafetyTerms.NONE;
        }
        if (!(node instanceof Sequence sequence) || sequence.items().isEmpty()) {
            words.problems()
                    .add(
                            node,
                            "safety: expected " + EXPECTED + ", found "
                                    + (node instanceof Sequence ? "an empty list" : node.described()));
            return SafetyTerms.NONE;
        }
        Map<SafetyNet, Duration> nets = new EnumMap<>(SafetyNet.class);
        sequence.items().forEach(item -> read(item, nets));
        return new SafetyTerms(nets);
    }

    private void read(DocumentNode item, Map<SafetyNet, Duration> nets) {
        if (item instanceof Mapping mapping && mapping.entries().size() == 1) {
            Entry entry = mapping.entries().get(0);
            SafetyNet net = net(entry.key());
            if (net != null && !net.aged()) {
                words.problems().add(entry.value(), net.label() + ": nothing is said behind it; write it alone");
            } else if (net != null) {
                Duration age = DurationForm.AGE.read(entry.value(), words);
                add(entry.key(), net, age == null ? Duration.ZERO : age, nets);
            }
            return;
        }
        Scalar word = words.text(item, "a safety net such as restore_point or {backup_within: 24h}");
        SafetyNet net = word == null ? null : net(word);
        if (word != null && net != null && net.aged()) {
            words.problems().add(word, net.label() + ": expected how old as in {" + net.label() + ": 24h}");
        } else if (word != null && net != null) {
            add(word, net, Duration.ZERO, nets);
        }
    }

    /** Twice is a slip of the pen: which of the two ages is meant? */
    private void add(Scalar place, SafetyNet net, Duration age, Map<SafetyNet, Duration> nets) {
        if (nets.put(net, age) != null) {
            words.problems().add(place, "the safety net '" + net.label() + "' is here twice");
        }
    }

    private @Nullable SafetyNet net(Scalar word) {
        SafetyNet net = BY_LABEL.get(word.value());
        if (net == null) {
            words.unknown(word, Set.copyOf(BY_LABEL.keySet()), "safety net");
        }
        return net;
    }

    private static Map<String, Object> schema() {
        List<String> alone = new ArrayList<>();
        List<Map<String, Object>> forms = new ArrayList<>();
        for (SafetyNet net : SafetyNet.values()) {
            if (net.aged()) {
                forms.add(Schemas.mapping(Schemas.map(net.label(), DurationForm.SCHEMA), List.of(net.label())));
            } else {
                alone.add(net.label());
            }
        }
        forms.add(0, Schemas.words(alone));
        return Schemas.listOf(Schemas.anyOf(forms));
    }
}
