package io.sallyport.proxy.oidc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import io.sallyport.proxy.auth.LoginFailure;
import io.sallyport.proxy.auth.ProofRefused;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of the issuer: its keys, and where it is asked. While it cannot be asked its known keys go on for a
 * time, and nobody who comes with one of them waits for it. However many unknown keys are named, it is asked seldom.
 */
final class Issuer {
    private static final Logger log = LoggerFactory.getLogger(Issuer.class);

    static final Duration FRESH = Duration.ofMinutes(5);
    /** After this long without the issuer's word a key may have been withdrawn. */
    static final Duration KEPT = Duration.ofHours(1);

    static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(10);
    /** For an answer that another thread is waiting for. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private record Known(Discovery.Metadata metadata, Instant at) {}

    private final Discovery discovery;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Known known;
    private Instant nextQuestion = Instant.MIN;

    Issuer(Discovery discovery, Clock clock) {
        this.discovery = discovery;
        this.clock = clock;
    }

    /** Where it is asked. */
    Discovery.Metadata metadata() throws ProofRefused {
        return current().metadata();
    }

    /** Keys that fit; if there is none, the issuer is asked whether it has a new one. */
    List<JWK> keys(JWKSelector selector) throws ProofRefused {
        Known now = current();
        List<JWK> found = selector.select(now.metadata().keys());
        if (!found.isEmpty()) {
            return found;
        }
        Known newer = ask(now);
        return newer == null ? List.of() : selector.select(newer.metadata().keys());
    }

    private Known current() throws ProofRefused {
        Known now = known;
        if (now == null || !clock.instant().isBefore(now.at().plus(FRESH))) {
            now = ask(now);
        }
        if (now == null || !clock.instant().isBefore(now.at().plus(KEPT))) {
            throw new ProofRefused(
                    LoginFailure.ISSUER, "the issuer cannot be asked for its keys: the log says why; try again soon");
        }
        return now;
    }

    /** @return what is known then, which may be what was known before */
    private @Nullable Known ask(@Nullable Known before) {
        if (!mayAsk(before)) {
            return known;
        }
        try {
            Instant now = clock.instant();
            if (Objects.equals(known, before) && !now.isBefore(nextQuestion)) {
                nextQuestion = now.plus(BETWEEN_QUESTIONS);
                known = new Known(discovery.ask(), now);
            }
        } catch (IOException | RuntimeException why) {
            log.warn("the OIDC issuer cannot be asked: {}", String.valueOf(why.getMessage()));
        } finally {
            asking.unlock();
        }
        return known;
    }

    /** One thread asks. Others wait for it only where they have nothing, or something that did not do. */
    private boolean mayAsk(@Nullable Known before) {
        try {
            boolean stale =
                    before != null && !clock.instant().isBefore(before.at().plus(FRESH));
            return stale ? asking.tryLock() : asking.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
