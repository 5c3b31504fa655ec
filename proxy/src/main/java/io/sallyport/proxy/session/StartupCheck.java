package io.sallyport.proxy.session;

import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.frontend.FrontendMessage;
import io.sallyport.protocol.frontend.StartupRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Whether a client may start a session at all. */
final class StartupCheck {
    private StartupCheck() {}

    /** @return why not, or null */
    static @Nullable ErrorResponse refusal(StartupRequest.Startup request, int sessions, int limit) {
        if (sessions > limit) {
            return SessionErrors.tooMany(limit);
        } else if (tooLong(request.user()) || tooLong(request.database())) {
            return SessionErrors.nameTooLong();
        }
        return request.replication() ? SessionErrors.replication() : null;
    }

    /** The server cuts longer names (up to version 16): two spellings would be one role, and one person two. */
    private static boolean tooLong(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length > FrontendMessage.NAME_BYTES;
    }
}
