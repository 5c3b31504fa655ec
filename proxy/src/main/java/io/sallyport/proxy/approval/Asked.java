package io.sallyport.proxy.approval;

import io.sallyport.policies.approval.Identity;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldTerms;
import io.sallyport.proxy.hold.Vote;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a person is asked to agree to.
 *
 * @param name such as {@code hold K7Q4-F2MD}
 * @param command by which it is agreed to, without what is to be typed
 * @param state how it ended, asked anew each time; empty while it waits
 */
public record Asked(
        String name,
        String command,
        Identity requester,
        String rule,
        HoldTerms terms,
        List<Vote> votes,
        Supplier<String> state) {
    static Asked of(Hold hold) {
        return new Asked(
                "hold " + hold.code(),
                "SALLYPORT APPROVE " + hold.code(),
                hold.request().identity(),
                hold.request().rule(),
                hold.request().terms(),
                hold.votes(),
                () -> hold.resolution() == null ? "" : hold.state());
    }

    boolean isOver() {
        return !state.get().isEmpty();
    }
}
