package io.sallyport.proxy.session;

import static io.sallyport.proxy.session.fakes.Server.ROW_DESCRIPTION;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Policies;
import org.junit.jupiter.api.BeforeEach;

/** Under rules that ask for names to be typed; with the steps of asking, typing and repeating. */
abstract class ConfirmingTest extends StagedTest {
    static final String DROP = "DROP DATABASE production_db";
    static final String ASKED = "E 42501 stopped by Sallyport: it needs the name typed: rule \"drops by name\"";

    @BeforeEach
    void rules_ask_for_names() {
        stage.policy = () -> Policies.DECISIONS;
    }

    final void refused(String sql) {
        alice.query(sql);
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient()).hasSize(2).first().asString().startsWith("E 42501 stopped by Sallyport");
    }

    final void typed(FakeSession session, String names) {
        session.query("SALLYPORT CONFIRM " + names);
        assertThat(session.toServer()).singleElement().asString().startsWith("Q SELECT NULL::pg_catalog.text");
        session.server(ROW_DESCRIPTION, complete("SELECT 0"), ready('I'));
        session.client.take();
    }

    final void mistyped(FakeSession session, String names, String answer) {
        session.query("SALLYPORT CONFIRM " + names);
        assertThat(session.toServer()).containsExactly("Q SALLYPORT REFUSED");
        session.server(error("42601"), ready('I'));
        assertThat(session.toClient()).containsExactly(answer, "Z I");
    }

    final void runs(String sql) {
        alice.query(sql);
        assertThat(alice.toServer()).containsExactly("Q " + sql);
        alice.server(complete(tagOf(sql)), ready('I'));
        assertThat(alice.toClient()).containsExactly("C " + tagOf(sql), "Z I");
    }
}
