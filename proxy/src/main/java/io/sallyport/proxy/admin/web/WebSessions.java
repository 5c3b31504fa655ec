package io.sallyport.proxy.admin.web;

import io.sallyport.proxy.approval.Proven;
import io.sallyport.proxy.config.PageSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is signed in, in memory. A session is found by the hash of its cookie, so that looking takes no hint from time. */
final class WebSessions {
    private static final int MOST = 10_000;
    private static final Duration STANDING_COUNTS = Duration.ofMinutes(15);
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final class Entry {
        private final WebSession session;
        private Instant used;

        Entry(WebSession session, Instant used) {
            this.session = session;
            this.used = used;
        }
    }

    private final PageSettings settings;
    private final Clock clock;
    /** The longest unused first: that one makes room for another. */
    private final Map<String, Entry> byHash = new LinkedHashMap<>(64, 0.75f, true);

    WebSessions(PageSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** What a new session is known by, and the session. */
    record Opened(String secret, WebSession session) {
        @Override
        public String toString() {
            return session.toString();
        }
    }

    /** Whose session it is; what they belong to is no news any more after a time, and told again by signing in. */
    Proven who(WebSession session) {
        return clock.instant().isBefore(session.began().plus(STANDING_COUNTS))
                ? session.who()
                : session.who().aged();
    }

    Opened open(Proven who) {
        String secret = random();
        Instant now = clock.instant();
        WebSession session = new WebSession(who, random(), now);
        synchronized (this) {
            byHash.put(hash(secret), new Entry(session, now));
            if (byHash.size() > MOST) {
                byHash.remove(byHash.keySet().iterator().next());
            }
        }
        return new Opened(secret, session);
    }

    /** As {@link #open}; whoever sat there before is gone. */
    Opened replace(@Nullable String before, Proven who) {
        close(before);
        return open(who);
    }

    /** @return null when nobody is signed in by it, or not any more */
    synchronized @Nullable WebSession use(@Nullable String secret) {
        WebSession session = find(secret);
        if (session != null && secret != null) {
            Entry entry = byHash.get(hash(secret));
            if (entry != null) {
                entry.used = clock.instant();
            }
        }
        return session;
    }

    /** As {@link #use}, but this is no sign of somebody being there. */
    synchronized @Nullable WebSession find(@Nullable String secret) {
        if (secret == null) {
            return null;
        }
        String hash = hash(secret);
        Entry entry = byHash.get(hash);
        if (entry == null) {
            return null;
        }
        Instant now = clock.instant();
        boolean over = !now.isBefore(entry.used.plus(settings.idle()))
                || !now.isBefore(entry.session.began().plus(settings.longest()));
        if (over) {
            byHash.remove(hash);
            return null;
        }
        return entry.session;
    }

    synchronized void close(@Nullable String secret) {
        if (secret != null) {
            byHash.remove(hash(secret));
        }
    }

    private static String random() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
