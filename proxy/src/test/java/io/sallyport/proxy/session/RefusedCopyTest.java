package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.copyData;
import static io.sallyport.proxy.it.wire.Frontend.copyDone;
import static io.sallyport.proxy.it.wire.Frontend.copyFail;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.flush;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static io.sallyport.proxy.it.wire.Frontend.terminate;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A client that is refused a COPY at once may send its data as SQL: psql does. */
class RefusedCopyTest extends StagedTest {
    private static final byte[] COPY = query("COPY users FROM STDIN");
    private static final byte[] ROW = copyData("drop table victim;\n".getBytes(StandardCharsets.UTF_8));
    private static final String DENIED = "E 42501 denied by Sallyport: rule \"copies denied\"";

    @Test
    void the_client_is_let_send_its_data_to_nobody() {
        alice.sends(COPY);
        assertThat(alice.toServer()).isEmpty();
        assertThat(alice.toClient()).containsExactly("G");
        alice.sends(ROW, ROW, ROW);
        assertThat(alice.toServer()).isEmpty();
    }

    @Test
    void at_the_end_of_the_data_the_server_fails_and_the_client_is_told() {
        alice.sends(COPY, ROW, copyDone());
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        alice.server(error("42601"), ready('E'));
        assertThat(alice.toClient()).containsExactly("G", DENIED, "Z E");
    }

    @Test
    void giving_up_the_data_ends_it_as_well() {
        alice.sends(COPY, ROW, copyFail("never mind"));
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
    }

    @Test
    void syncs_and_flushes_among_the_data_are_ignored_as_by_the_server() {
        alice.sends(COPY, ROW, sync(), flush(), ROW, copyDone(), query("SELECT 1"));
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED", "Q SELECT 1");
    }

    @Test
    void a_client_that_sends_another_query_instead_is_refused_the_copy_first() {
        alice.sends(COPY, ROW, query("SELECT 1"));
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED", "Q SELECT 1");
    }

    @Test
    void a_client_that_says_goodbye_instead_is_let_go() {
        alice.sends(COPY, ROW, terminate());
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED", "X");
    }

    @Test
    void the_data_may_come_in_any_fragments() {
        alice.sends(COPY);
        for (byte b : io.sallyport.proxy.it.wire.Frontend.join(ROW, ROW, copyDone())) {
            alice.sends(new byte[] {b});
        }
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
    }

    @Test
    void a_client_that_vanishes_meanwhile_leaves_nothing_behind() {
        alice.sends(COPY, ROW);
        alice.session.clientGone();
        assertThat(alice.toServer()).isEmpty();
        assertThat(alice.upstream.closed()).isTrue();
    }

    @Test
    void in_the_extended_protocol_the_data_goes_where_the_server_ignores_it() {
        alice.sends(parse("", "COPY users FROM STDIN"), bind("", ""), execute("", 0), sync());
        assertThat(alice.toServer()).containsExactly("P  SALLYPORT REFUSED", "S");
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient()).containsExactly(DENIED, "Z I");
        alice.sends(ROW, copyDone(), sync());
        alice.server(ready('I'));
        assertThat(alice.toClient()).containsExactly("Z I");
    }

    @Test
    void data_that_follows_its_execute_without_a_sync_is_judged_with_it() {
        alice.sends(parse("", "COPY users FROM STDIN"), bind("", ""), execute("", 0), ROW, copyDone(), sync());
        assertThat(alice.toServer()).startsWith("P  SALLYPORT REFUSED").endsWith("S");
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient()).containsExactly(DENIED, "Z I");
    }
}
