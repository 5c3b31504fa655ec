package io.sallyport.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.Analysis;
import io.sallyport.policies.analysis.AnalysisCache;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Stage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A test with one session of alice's; at its end the session closes, and every buffer must have been given back. */
abstract class StagedTest {
    final Stage stage = new Stage();
    final FakeSession alice = FakeSession.of(stage, "alice");

    /** How a server may answer the one statement; anything where nobody knows. */
    static String tagOf(String sql) {
        Analysis read = new AnalysisCache(1 << 10).quick(sql.getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT);
        List<String> tags = CommandTags.of(read.statements().get(0).kind());
        return tags.isEmpty() ? "DONE" : tags.get(0);
    }

    @AfterEach
    void everything_is_given_back() {
        alice.session.clientGone();
        stage.loop.runTasks();
        stage.directory.all().forEach(Session::terminate);
        stage.loop.runTasks();
        stage.close();
        assertThat(stage.directory.size()).isZero();
        assertThat(stage.holds.waiting()).isEmpty();
        assertThat(stage.loop.timers()).isZero();
        assertThat(stage.waitingRoom.enter(Stage.WAITING_BYTES)).isTrue();
        assertThat(stage.leaked()).isZero();
    }
}
