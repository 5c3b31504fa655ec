package io.sallyport.proxy.config;

import java.time.Duration;

/**
 * How the memberships of login roles are learnt, where the policy asks for them.
 *
 * @param refresh after this long they are asked anew, between transactions; zero asks once a session
 */
public record RoleSettings(Duration refresh) {
    public static final RoleSettings DEFAULTS = new RoleSettings(Duration.ofMinutes(1));
}
