package io.sallyport.policies.language;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Every key at the top of a policy file. */
@SuppressWarnings("ImmutableEnumChecker") // filled once, never handed out to be changed
public enum PolicyKey {
    VERSION("The version of the language.", Schemas.map("const", 1), true),
    MODE("Whether verdicts are carried out, or recorded only.", Schemas.words(List.of("enforce", "observe")), false),
    DEFAULT(
            "What is decided where no rule matches; allow where nothing stands here.",
            Schemas.reference("decision"),
            false),
    TIMEZONE("By whose clock hours and days are meant; UTC where nothing stands here.", Schemas.text(), false),
    INCLUDE("Files whose lists, groups and people are known here too.", Schemas.reference("texts"), true),
    LISTS("Lists of texts, for $name wherever a list may stand.", Schemas.reference("named"), true),
    FUNCTION_GROUPS("Functions, added to a group or as one of its own.", Schemas.reference("named"), true),
    APPROVERS(
            "Groups of people who may approve, for 'approvers' of a hold.",
            Schemas.map("type", "object", "additionalProperties", Schemas.reference("people")),
            true),
    PEOPLE(
            "Which roles, certificates and OIDC subjects are one human.",
            Schemas.map("type", "object", "additionalProperties", Schemas.reference("person")),
            true),
    SHARED_ROLES(
            "Login roles that several people use: their approvals do not count.",
            Schemas.oneOrMore(Schemas.text()),
            true),
    EFFECTS(
            "For whom the server is asked before COMMIT what really changed, and what is decided then.",
            EffectsReader.schema(),
            false),
    RULES("The first that matches a statement decides.", Schemas.listOf(Schemas.reference("rule")), true);

    public static final Set<String> MAIN = labels(true);

    /** What a file may hold that another one includes. */
    public static final Set<String> INCLUDED = labels(false);

    private final String label = name().toLowerCase(Locale.ROOT);
    private final Map<String, Object> schema;
    private final boolean inEveryFile;

    PolicyKey(String meaning, Map<String, Object> schema, boolean inEveryFile) {
        this.schema = Schemas.described(meaning, schema);
        this.inEveryFile = inEveryFile;
    }

    private static Set<String> labels(boolean main) {
        return Arrays.stream(values())
                .filter(key -> main || key.inEveryFile)
                .map(PolicyKey::label)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    public String label() {
        return label;
    }

    Map<String, Object> schema() {
        return schema;
    }
}
