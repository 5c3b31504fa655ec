package io.sallyport.proxy.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of one attempt.
 *
 * @param said the receiver's part of it in words that may be logged: no body, no address
 * @param pause how long the receiver wants to be left alone; null where it did not say
 */
record Outcome(Kind kind, String said, @Nullable Duration pause) {
    /** What is to be done next. */
    enum Kind {
        TAKEN,
        /** It may be taken another time. */
        AGAIN,
        REFUSED
    }

    static Outcome of(Answer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return new Outcome(Kind.TAKEN, "HTTP " + status, null);
        } else if (status == 429 || status >= 500) {
            return new Outcome(Kind.AGAIN, "HTTP " + status, answer.retryAfter());
        } else if (status >= 300 && status < 400) {
            return new Outcome(Kind.REFUSED, "HTTP " + status + ", and redirects are not followed", null);
        }
        return new Outcome(Kind.REFUSED, "HTTP " + status, null);
    }

    static Outcome again(String said) {
        return new Outcome(Kind.AGAIN, said, null);
    }
}
