package io.sallyport.proxy.hold;

import io.sallyport.policies.approval.ApprovalTerms;
import java.util.List;
import java.util.Objects;

/**
 * What it takes to release one hold; as they were when it opened.
 *
 * @param names what an approver has to type, in this order; empty where nothing has to be typed
 * @param places what stands for each of them where the command is shown, such as {@code '<name of the database>'}
 * @param safety the safety nets, a line each: what is done before it runs, and what was found when it opened
 */
public record HoldTerms(ApprovalTerms approval, List<String> names, List<String> places, List<String> safety) {
    private static final int MOST_PLACES = 5;

    /** One other person, whoever it is. */
    public static final HoldTerms NONE = new HoldTerms(ApprovalTerms.NONE, List.of(), List.of());

    public HoldTerms {
        names = List.copyOf(names);
        places = List.copyOf(places);
        // Absent in what an earlier version wrote down.
        safety = Objects.requireNonNullElse(safety, List.<String>of()).stream().toList();
    }

    public HoldTerms(ApprovalTerms approval, List<String> names, List<String> places) {
        this(approval, names, places, List.of());
    }

    /** The same, with other words for its safety nets. */
    public HoldTerms withSafety(List<String> lines) {
        return new HoldTerms(approval, names, places, lines);
    }

    /** What is to be typed, as one text. */
    public String toType() {
        return String.join(", ", names);
    }

    /** The command's end, with places in place of names: they are to be typed, not copied. Empty where nothing has to be. */
    public String typedForm() {
        if (names.isEmpty()) {
            return "";
        }
        String shown = String.join(", ", places.subList(0, Math.min(MOST_PLACES, places.size())));
        return " TYPED " + shown + (places.size() > MOST_PLACES ? ", … (" + places.size() + " names)" : "");
    }
}
