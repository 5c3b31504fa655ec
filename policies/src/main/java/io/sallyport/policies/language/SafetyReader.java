package io.sallyport.policies.language;

import io.sallyport.policies.decision.Escalation;
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
    private static final Set<String> AGED = Set.of("age", "otherwise");
    private static final Map<String, SafetyNet> BY_LABEL = new LinkedHashMap<>();

    static {
        Arrays.stream(SafetyNet.values()).forEach(net -> BY_LABEL.put(net.label(), net));
    }

    static final Map<String, Object> SCHEMA = schema();

    private final Words words;
    private final boolean takesOtherwise;

    /** @param takesOtherwise whether more people can be asked where a net is not there */
    SafetyReader(Words words, boolean takesOtherwise) {
        this.words = words;
        this.takesOtherwise = takesOtherwise;
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
        List<Escalation> escalations = new ArrayList<>();
        sequence.items().forEach(item -> read(item, nets, escalations));
        escalations.forEach(escalation -> nets.remove(escalation.net()));
        return new SafetyTerms(nets, escalations);
    }

    private void read(DocumentNode item, Map<SafetyNet, Duration> nets, List<Escalation> escalations) {
        if (item instanceof Mapping mapping && mapping.entries().size() == 1) {
            Entry entry = mapping.entries().get(0);
            SafetyNet net = net(entry.key());
            if (net != null && !net.aged()) {
                words.problems().add(entry.value(), net.label() + ": nothing is said behind it; write it alone");
            } else if (net != null) {
                add(entry.key(), net, age(net, entry.value(), escalations), nets);
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

    /** {@code 24h}, or {@code {age: 24h, otherwise: {quorum: 2}}}. */
    private Duration age(SafetyNet net, DocumentNode value, List<Escalation> escalations) {
        if (!(value instanceof Mapping terms)) {
            Duration age = DurationForm.AGE.read(value, words);
            return age == null ? Duration.ZERO : age;
        }
        words.checkKeys(terms, AGED, "'" + net.label() + "'");
        DocumentNode written = terms.get("age");
        if (written == null) {
            words.problems().add(terms, net.label() + ": expected how old as in {age: 24h}, found no 'age'");
            return Duration.ZERO;
        }
        Duration age = DurationForm.AGE.read(written, words);
        DocumentNode otherwise = terms.get("otherwise");
        int quorum = otherwise == null ? 0 : quorum(otherwise);
        if (age != null && quorum > 0) {
            escalations.add(new Escalation(net, age, quorum));
        }
        return age == null ? Duration.ZERO : age;
    }

    /** 0, and a problem, where it is none. One person approves anyway. */
    private int quorum(DocumentNode otherwise) {
        if (!takesOtherwise) {
            words.problems().add(otherwise, "otherwise: what a token runs is refused where the net is not there");
            return 0;
        }
        String expected = "a number of people from 2 to 20";
        Mapping terms = words.mapping(otherwise, "{quorum: 2}");
        if (terms == null) {
            return 0;
        }
        words.checkKeys(terms, Set.of("quorum"), "'otherwise'");
        DocumentNode number = terms.get("quorum");
        Scalar text = number == null ? null : words.text(number, expected);
        if (number == null) {
            words.problems().add(terms, "otherwise: expected {quorum: 2}, found no 'quorum'");
        } else if (text != null && !text.value().matches("[2-9]|1[0-9]|20")) {
            words.problems().add(text, "quorum: expected " + expected + ", found " + text.described());
            return 0;
        }
        return text == null ? 0 : Integer.parseInt(text.value());
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

    private static Map<String, Object> escalation() {
        Map<String, Object> quorum = Schemas.map("type", "integer", "minimum", 2, "maximum", 20);
        return Schemas.mapping(
                Schemas.map(
                        "age",
                        DurationForm.SCHEMA,
                        "otherwise",
                        Schemas.mapping(Schemas.map("quorum", quorum), List.of("quorum"))),
                List.of("age"));
    }

    private static Map<String, Object> schema() {
        List<String> alone = new ArrayList<>();
        List<Map<String, Object>> forms = new ArrayList<>();
        for (SafetyNet net : SafetyNet.values()) {
            if (net.aged()) {
                forms.add(Schemas.mapping(
                        Schemas.map(net.label(), Schemas.anyOf(List.of(DurationForm.SCHEMA, escalation()))),
                        List.of(net.label())));
            } else {
                alone.add(net.label());
            }
        }
        forms.add(0, Schemas.words(alone));
        return Schemas.listOf(Schemas.anyOf(forms));
    }
}
