package io.sallyport.proxy.it.evasion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Plays an attack through the proxy, where nothing may be lost, and past it, where something must: else it proves nothing. */
final class Trial {
    private final Stage stage;

    Trial(Stage stage) {
        this.stage = stage;
    }

    void of(Attack attack, Outcome outcome) {
        List<String> before = stage.restored();
        Set<String> stops = play(attack, stage.proxyPort());
        List<String> lost = lost(before, stage.inventory());
        stage.restored();
        Set<String> unguarded = play(attack, stage.serverPort());
        assertThat(lost(before, stage.inventory()))
                .as("lost without the proxy, after %s", unguarded)
                .isNotEmpty();
        if (outcome.isLoss()) {
            assertThat(lost)
                    .as("%s: stopped by %s, so take the mark off", outcome.expected(), stops)
                    .isNotEmpty();
        } else {
            assertThat(lost).as("lost through the proxy, after %s", stops).isEmpty();
            assertThat(stops).contains(outcome.expected());
        }
    }

    private Set<String> play(Attack attack, int port) {
        try (Intruder intruder = Intruder.login(port, stage.database())) {
            attack.play(intruder, stage);
            return intruder.stops();
        }
    }

    /** As often as it is gone. */
    private static List<String> lost(List<String> before, List<String> after) {
        List<String> lost = new ArrayList<>(before);
        after.forEach(lost::remove);
        return lost;
    }
}
