package io.sallyport.policies.language;

import io.sallyport.policies.decision.Decision;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What may stand beside each decision. */
@SuppressWarnings("ImmutableEnumChecker") // filled once, never handed out to be changed
enum DecisionKey {
    ALLOW(Decision.ALLOW, "message"),
    DELAY(Decision.DELAY, "for", "message"),
    CONFIRM(Decision.CONFIRM, "message", "expires"),
    HOLD(
            Decision.HOLD,
            "message",
            "expires",
            "approvers",
            "quorum",
            "reason",
            "typed",
            "break_glass",
            "rehearse",
            "safety"),
    DENY(Decision.DENY, "message", "token", "approvers", "quorum", "typed", "safety");

    static final Map<String, DecisionKey> BY_LABEL = new LinkedHashMap<>();

    static {
        Arrays.stream(values()).forEach(key -> BY_LABEL.put(key.decision.label(), key));
    }

    private static final Map<String, Map<String, Object>> DETAILS = new LinkedHashMap<>();

    static {
        detail("message", "What the requester reads.", Schemas.text());
        detail("for", "How long it waits, from 1s to 1h.", DurationForm.SCHEMA);
        detail("expires", "How long it stays good, up to 24h.", DurationForm.SCHEMA);
        detail(
                "approvers",
                "Groups whose members may approve: any of them; or how many of each, who are different people.",
                ApprovalReader.APPROVERS);
        detail(
                "quorum",
                "How many people have to approve, of any of the groups; 1 where nothing stands here.",
                ApprovalReader.QUORUM);
        detail("reason", "The requester has to say why, before.", ApprovalReader.REQUIRED);
        detail("typed", "An approver has to type the names of what is changed.", ApprovalReader.REQUIRED);
        detail("break_glass", "Who may release a hold of their own, alone.", Schemas.reference("requesters"));
        detail(
                "rehearse",
                "It is run and rolled back first, so that its approver reads exact counts, and is bound to them.",
                RehearsalReader.SCHEMA);
        detail("token", "An approval token runs what is refused.", ApprovalReader.ALLOWED);
        detail("safety", "What is done, or must hold, before what was agreed to runs.", SafetyReader.SCHEMA);
    }

    private static void detail(String name, String description, Map<String, Object> schema) {
        DETAILS.put(name, Schemas.described(description, schema));
    }

    private final Decision decision;
    private final Set<String> details;

    DecisionKey(Decision decision, String... details) {
        this.decision = decision;
        this.details = new LinkedHashSet<>(List.of(details));
    }

    Decision decision() {
        return decision;
    }

    Set<String> details() {
        return details;
    }

    /** {@code hold}, {@code {hold: {message: "…"}}}, {@code {delay: 10s}}. */
    static Map<String, Object> schema() {
        List<Map<String, Object>> forms = new java.util.ArrayList<>();
        forms.add(Schemas.words(BY_LABEL.keySet().stream()
                .filter(label -> !label.equals(Decision.DELAY.label()))
                .toList()));
        for (DecisionKey key : values()) {
            Map<String, Object> properties = new LinkedHashMap<>();
            key.details.forEach(detail -> properties.put(detail, DETAILS.get(detail)));
            boolean delays = key == DELAY;
            Map<String, Object> details = Schemas.mapping(properties, delays ? List.of("for") : List.of());
            forms.add(Schemas.mapping(
                    Schemas.map(
                            key.decision.label(),
                            delays ? Schemas.anyOf(List.of(DurationForm.SCHEMA, details)) : details),
                    List.of(key.decision.label())));
        }
        return Schemas.anyOf(forms);
    }
}
