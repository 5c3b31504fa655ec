package io.sallyport.proxy.safety;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something last went well.
 *
 * @param at null where it never did
 * @param what such as `good backup`
 * @param source such as `pgbackrest, stanza main`
 */
record LastGood(@Nullable Instant at, String what, String source) {
    static LastGood backup(@Nullable Instant at, String source) {
        return new LastGood(at, "good backup", source);
    }
}
