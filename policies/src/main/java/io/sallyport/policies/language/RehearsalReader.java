package io.sallyport.policies.language;

import io.sallyport.policies.decision.Rehearsal;
import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.document.DocumentNode.Scalar;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code rehearse: true}, {@code rehearse: required} or {@code rehearse: {required: true, functions: [app.tidy]}}. */
final class RehearsalReader {
    private static final String REQUIRED = "required";
    private static final String FUNCTIONS = "functions";
    private static final Set<String> KEYS = Set.of(REQUIRED, FUNCTIONS);

    static final Map<String, Object> SCHEMA = Schemas.anyOf(List.of(
            Schemas.truth(),
            Schemas.words(List.of(REQUIRED)),
            Schemas.mapping(
                    Schemas.map(REQUIRED, Schemas.truth(), FUNCTIONS, Schemas.oneOrMore(Schemas.text())), List.of())));

    private final Words words;

    RehearsalReader(Words words) {
        this.words = words;
    }

    /** @param node null where nothing is asked for */
    Rehearsal read(@Nullable DocumentNode node) {
        if (node == null) {
            return Rehearsal.NONE;
        }
        if (node instanceof Mapping mapping) {
            words.checkKeys(mapping, KEYS, "'rehearse'");
            DocumentNode required = mapping.get(REQUIRED);
            DocumentNode functions = mapping.get(FUNCTIONS);
            Set<String> known = new HashSet<>();
            if (functions != null) {
                words.texts(functions, "names of functions such as app.tidy, or \"*\"")
                        .forEach(name -> known.add(name.value()));
            }
            return new Rehearsal(true, required != null && words.truth(required), known);
        }
        if (node instanceof Scalar scalar && scalar.value().equals(REQUIRED)) {
            return new Rehearsal(true, true, Set.of());
        }
        if (!(node instanceof Scalar scalar) || scalar.quoted() || !isTruth(scalar.value())) {
            words.problems()
                    .add(
                            node,
                            "rehearse: expected true, false, required or a mapping such as {required: true, functions: [app.tidy]}, found "
                                    + node.described());
            return Rehearsal.NONE;
        }
        return words.truth(scalar) ? new Rehearsal(true, false, Set.of()) : Rehearsal.NONE;
    }

    private static boolean isTruth(String word) {
        return word.equals("true") || word.equals("false");
    }
}
