package io.sallyport.policies.language;

import io.sallyport.policies.approval.ApprovalTerms;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Rehearsal;
import io.sallyport.policies.decision.SafetyTerms;
import io.sallyport.policies.decision.Terms;
import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Entry;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.document.DocumentNode.Scalar;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The decision under {@code then} or {@code default}, and its terms. */
public final class ThenReader {
    private static final String EXPECTED = "one decision: allow, {delay: 10s}, confirm, hold or deny";

    private final Words words;
    private final ApprovalReader approval;

    public ThenReader(Words words, ApproverNames approvers) {
        this.words = words;
        this.approval = new ApprovalReader(words, approvers);
    }

    /** {@code hold}, {@code {hold: {message: "…"}}} or {@code {delay: 10s}}; null, and a problem, for anything else. */
    public @Nullable Outcome read(DocumentNode then) {
        if (then instanceof Mapping mapping && mapping.entries().size() == 1) {
            Entry entry = mapping.entries().get(0);
            DecisionKey key = key(entry.key());
            return key == null ? null : withDetails(key, entry.value());
        }
        Scalar word = words.text(then, EXPECTED);
        DecisionKey key = word == null ? null : key(word);
        if (word == null || key == null) {
            return null;
        }
        if (key == DecisionKey.DELAY) {
            words.problems().add(word, "delay: expected how long as in {delay: 10s}, found nothing");
            return null;
        }
        return new Outcome(key.decision(), Terms.NONE);
    }

    private @Nullable DecisionKey key(Scalar word) {
        DecisionKey key = DecisionKey.BY_LABEL.get(word.value());
        if (key == null) {
            words.unknown(word, DecisionKey.BY_LABEL.keySet(), "decision");
        }
        return key;
    }

    private @Nullable Outcome withDetails(DecisionKey key, DocumentNode value) {
        if (key == DecisionKey.DELAY && value instanceof Scalar) {
            Duration delay = DurationForm.DELAY.read(value, words);
            return delay == null ? null : new Outcome(key.decision(), new Terms(null, delay, null));
        }
        Mapping details = words.mapping(value, "details such as {message: \"…\"}");
        if (details == null) {
            return null;
        }
        words.checkKeys(details, key.details(), "'" + key.decision().label() + "'");
        DocumentNode message = details.get("message");
        Scalar text = message == null ? null : words.text(message, "a message");
        Duration expires = duration(details.get("expires"), DurationForm.EXPIRY);
        Duration delay = delay(key, details);
        boolean token = key.decision() == Decision.DENY && approval.takesToken(details);
        boolean asks = key.decision() == Decision.HOLD || token;
        ApprovalTerms agreed = asks ? approval.read(details) : ApprovalTerms.NONE;
        SafetyTerms safety = asks ? new SafetyReader(words, !token).read(details.get("safety")) : SafetyTerms.NONE;
        Rehearsal rehearsal = new RehearsalReader(words).read(details.get("rehearse"));
        return delay == null
                ? null
                : new Outcome(
                        key.decision(),
                        new Terms(
                                text == null ? null : text.value(), delay, expires, agreed, token, safety, rehearsal));
    }

    private @Nullable Duration delay(DecisionKey key, Mapping details) {
        if (key.decision() != Decision.DELAY) {
            return Duration.ZERO;
        }
        DocumentNode length = details.get("for");
        if (length == null) {
            words.problems().add(details, "delay: expected how long as in {for: 10s}, found no 'for'");
        }
        return duration(length, DurationForm.DELAY);
    }

    private @Nullable Duration duration(@Nullable DocumentNode node, DurationForm form) {
        return node == null ? null : form.read(node, words);
    }
}
