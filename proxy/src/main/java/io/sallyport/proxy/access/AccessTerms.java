package io.sallyport.proxy.access;

import io.sallyport.proxy.auth.RoleLookup;
import io.sallyport.proxy.config.AccessSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * On what terms there are tokens.
 *
 * @param pageLongest how long what was known of somebody who signed in counts at most
 * @param roles says at every use who the role still is; null where the server cannot be asked
 */
public record AccessTerms(
        AccessSettings settings,
        Duration pageLongest,
        @Nullable RoleLookup roles) {
    boolean enabled() {
        return settings.enabled();
    }
}
