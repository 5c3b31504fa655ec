package io.sallyport.proxy.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.store.StoreUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was refused or held, so that it can be granted. However often the same is asked, it is one request; a client that is refused a
 * thousand times a second costs a look at memory each time.
 */
public final class TokenRequests {
    /** One requester's; beyond, a statement is refused without a code. */
    static final int MOST_OPEN = 50;

    /** In characters; a longer text is granted from a file. */
    private static final int LONGEST_TEXT = 256 * 1024;

    private static final int MOST_STATEMENTS = 1_000;
    private static final int ATTEMPTS = 5;
    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration FORGETS_EVERY = Duration.ofHours(1);

    private final TokenStore store;
    private final TokenObserver observer;
    private final Duration keep;
    private final Clock clock;
    private final Cache<String, HoldCode> known = remembering();
    private final Cache<String, Boolean> full = remembering();
    private volatile Instant forgetsAt = Instant.MIN;

    /** @param keep for how long what ended is kept */
    public TokenRequests(TokenStore store, TokenObserver observer, Duration keep, Clock clock) {
        this.store = store;
        this.observer = observer;
        this.keep = keep;
        this.clock = clock;
    }

    private static <T> Cache<String, T> remembering() {
        return Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(REMEMBERED)
                .executor(Runnable::run)
                .build();
    }

    /** The code of a wish that was kept just now; null where it is not known. Never blocks. */
    public @Nullable HoldCode known(TokenWish wish) {
        return known.getIfPresent(wish.digest());
    }

    /** Whether it would be refused anyway, as far as is known. Never blocks. */
    public boolean hopeless(TokenRequest request) {
        return request.request().texts().length() > LONGEST_TEXT
                || request.statements().size() > MOST_STATEMENTS
                || full.getIfPresent(request.scope().requester()) != null;
    }

    /**
     * Blocks.
     *
     * @param renames whether the request's own code is to be the one, as that of a hold is
     * @return the code under which it can be granted; null where the requester has too many
     */
    public @Nullable HoldCode keep(TokenRequest request, boolean renames) throws StoreUnavailable {
        if (hopeless(request)) {
            return null;
        }
        forget();
        String wish = TokenWish.of(request).digest();
        TokenRequest kept = store.keep(request, wish, renames, MOST_OPEN);
        if (kept == null) {
            full.put(request.scope().requester(), true);
            return null;
        }
        known.put(wish, kept.code());
        if (kept.code().equals(request.code())) {
            observer.requested(kept);
        }
        return kept.code();
    }

    /** Who wishes it again wishes another one. */
    void granted(TokenRequest request) {
        known.invalidate(TokenWish.of(request).digest());
    }

    /** Blocks. What was held has run: nobody needs a token for it. */
    public void close(HoldCode code) throws StoreUnavailable {
        boolean over = false;
        // A vote may come in between.
        for (int attempt = 0; attempt < ATTEMPTS && !over; attempt++) {
            TokenRequest request = store.find(code).orElse(null);
            over = request == null
                    || request.state() != TokenRequest.State.OPEN
                    || store.change(request.with(request.votes(), request.limits(), TokenRequest.State.CLOSED), null);
        }
    }

    private void forget() throws StoreUnavailable {
        Instant now = clock.instant();
        if (!now.isBefore(forgetsAt)) {
            forgetsAt = now.plus(FORGETS_EVERY);
            store.forget(now.minus(keep));
        }
    }
}
