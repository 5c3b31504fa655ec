package io.sallyport.proxy.it.impact;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.psql.ClientTools;
import io.sallyport.proxy.it.psql.ClientTools.Result;
import io.sallyport.proxy.it.psql.ClientTools.Running;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a transaction did is looked at for the real psql too. */
@Timeout(120)
final class EffectsPsqlIT {
    private EffectsStage stage;

    @BeforeEach
    void opens() {
        ClientTools.assumeInstalled("psql");
        stage = new EffectsStage();
    }

    @AfterEach
    void closes() {
        stage.close();
    }

    private Running psql(String script) {
        String who = "dbname=" + stage.database + " application_name=gated";
        return ClientTools.start(ClientTools.command("psql", stage.proxy.port(), "alice", who, "-X"), script);
    }

    @Test
    void function_that_deletes_waits_and_is_rolled_back_when_rejected() {
        Running psql = psql("SELECT deleter();\nSELECT 'went on';\n");
        assertThat(stage.bob.reject(stage.bob.awaitHold(), "not now")).isTrue();
        Result result = psql.await();
        assertThat(result.err()).contains("rolled it back", "log: 10 rows deleted", "rejected by bob: not now");
        assertThat(result.out()).contains("went on");
        assertThat(stage.count("log")).isEqualTo("10");
    }

    @Test
    void function_that_deletes_runs_once_when_approved() {
        Running psql = psql("SELECT deleter() AS told;\n");
        assertThat(stage.bob.approve(stage.bob.awaitHold())).isTrue();
        Result result = psql.await();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).containsOnlyOnce("told");
        assertThat(stage.count("log")).isEqualTo("0");
    }

    @Test
    void commit_of_a_transaction_waits() {
        Running psql = psql(
                "BEGIN;\nSAVEPOINT s;\nSELECT nonsense;\nROLLBACK TO s;\nINSERT INTO armed VALUES (1);\nCOMMIT;\n");
        String code = stage.bob.awaitHold();
        assertThat(stage.count("log")).isEqualTo("10");
        assertThat(stage.bob.approve(code)).isTrue();
        assertThat(psql.await().out()).endsWith("COMMIT\n");
        assertThat(stage.count("log")).isEqualTo("0");
    }

    @Test
    void commit_that_is_rejected_leaves_the_transaction_to_be_rolled_back() {
        Running psql = psql("BEGIN;\nDELETE FROM log;\nCOMMIT;\nROLLBACK;\nSELECT count(*) AS there FROM log;\n");
        assertThat(stage.bob.reject(stage.bob.awaitHold(), "no")).isTrue();
        Result result = psql.await();
        assertThat(result.err()).contains("rejected by bob");
        assertThat(result.out()).contains("ROLLBACK").contains("10");
        assertThat(stage.count("log")).isEqualTo("10");
    }
}
