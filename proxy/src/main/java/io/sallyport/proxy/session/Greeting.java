package io.sallyport.proxy.session;

import io.sallyport.protocol.backend.NoticeResponse;
import io.sallyport.proxy.config.BannerStyle;
import io.sallyport.proxy.config.EnvironmentName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once, in a session that begins, what it is connected to. */
final class Greeting {
    private static final Logger log = LoggerFactory.getLogger(Greeting.class);

    private static final String RESET = "\u001b[0m";

    private final SessionContext context;
    private final boolean coloured;
    private boolean given;

    /** @param wanted never by a replication session, whose programs read no notices */
    Greeting(SessionContext context, boolean wanted) {
        this.context = context;
        BannerStyle style = context.services().config().connections().banner();
        this.given = !wanted
                || style == BannerStyle.OFF
                || context.services().config().environment().isEmpty();
        this.coloured =
                style == BannerStyle.ON && context.settings().application().equals("psql");
    }

    /** Whether it was given, or none is to be. */
    boolean given() {
        return given;
    }

    /** The notice, the first time; null later, and where it cannot be made: that is no reason to refuse a login. */
    @Nullable
    NoticeResponse take() {
        if (given) {
            return null;
        }
        given = true;
        try {
            return notice();
        } catch (RuntimeException fault) {
            log.error("the banner cannot be made; the session goes on without it", fault);
            return null;
        }
    }

    private NoticeResponse notice() {
        EnvironmentName environment =
                EnvironmentName.of(context.services().config().environment());
        String dot = context.settings().isUtf8() ? " · " : " - ";
        String rest = dot + context.info().database() + " on "
                + context.services().config().upstream() + dot
                + (context.services().gatekeeper().observes()
                        ? "statements are only observed"
                        : "destructive statements need a second person");
        String name = plain(environment.name().toUpperCase(Locale.ROOT));
        // Colour goes on last: nothing that others wrote may steer a terminal.
        String marked = coloured ? colour(environment.kind()) + " " + name + " " + RESET : name;
        return NoticeResponse.notice(marked + plain(rest), null, null);
    }

    private String plain(String text) {
        return ErrorTexts.in(context.settings(), NoticeResponse.notice(text, null, null))
                .message();
    }

    /** ECMA-48, Select Graphic Rendition: background, and a foreground that can be read on it. */
    private static String colour(EnvironmentName.Kind kind) {
        return switch (kind) {
            case PRODUCTION -> "\u001b[1;37;41m";
            case STAGING -> "\u001b[1;30;43m";
            case OTHER -> "\u001b[1;30;42m";
        };
    }
}
