package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.closePortal;
import static io.sallyport.proxy.it.wire.Frontend.closeStatement;
import static io.sallyport.proxy.it.wire.Frontend.copyData;
import static io.sallyport.proxy.it.wire.Frontend.copyDone;
import static io.sallyport.proxy.it.wire.Frontend.describePortal;
import static io.sallyport.proxy.it.wire.Frontend.describeStatement;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.flush;
import static io.sallyport.proxy.it.wire.Frontend.join;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static io.sallyport.proxy.it.wire.Frontend.terminate;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.session.fakes.Server;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AllowedTest extends StagedTest {
    @Test
    void an_allowed_query_goes_byte_for_byte() {
        byte[] query = query("SELECT  1 -- with its comment\n;;");
        alice.sends(query);
        assertThat(alice.upstream.takeBytes()).isEqualTo(query);
    }

    @Test
    void an_allowed_extended_batch_goes_byte_for_byte_whatever_it_contains() {
        byte[] batch = join(
                parse("s", "SELECT $1, $2", 23, 0),
                describeStatement("s"),
                bind("p", "s", "1", "zwölf"),
                describePortal("p"),
                execute("p", 10),
                execute("p", 0),
                closePortal("p"),
                closeStatement("s"),
                sync());
        alice.sends(batch);
        assertThat(alice.upstream.takeBytes()).isEqualTo(batch);
    }

    @Test
    void nothing_of_an_extended_batch_goes_before_it_is_whole() {
        alice.sends(parse("", "SELECT 1"), bind("", ""), execute("", 0));
        assertThat(alice.toServer()).isEmpty();
        alice.sends(flush());
        assertThat(alice.toServer()).containsExactly("P  SELECT 1", "B", "E", "H");
    }

    @Test
    void a_hundred_batches_in_one_write_go_in_one_write() {
        byte[] one = join(parse("", "SELECT 1"), bind("", ""), execute("", 0), sync());
        byte[] hundred = new byte[0];
        for (int i = 0; i < 100; i++) {
            hundred = join(hundred, one);
        }
        alice.sends(hundred);
        assertThat(alice.upstream.takeBytes()).isEqualTo(hundred);
    }

    @Test
    void a_stream_cut_at_any_byte_is_forwarded_the_same() {
        byte[] stream = join(
                query("SELECT 1"),
                parse("", "INSERT INTO t VALUES ($1)"),
                bind("", "", "x"),
                execute("", 0),
                sync(),
                query("SELECT 2"));
        for (byte b : stream) {
            alice.sends(new byte[] {b});
        }
        assertThat(alice.upstream.takeBytes()).isEqualTo(stream);
    }

    @Test
    void copy_data_of_an_allowed_copy_streams_through() {
        alice.query("COPY t TO STDOUT");
        alice.toServer();
        byte[] rows = copyData("1\n".repeat(5_000).getBytes(StandardCharsets.UTF_8));
        alice.sends(rows, copyDone());
        assertThat(alice.upstream.takeBytes()).isEqualTo(join(rows, copyDone()));
    }

    @Test
    void the_servers_answers_go_to_the_client_byte_for_byte() {
        alice.query("SELECT 1");
        byte[] answer = join(Server.ROW_DESCRIPTION, Server.ROW, Server.complete("SELECT 1"), Server.ready('I'));
        alice.server(answer);
        assertThat(alice.client.takeBytes()).isEqualTo(answer);
    }

    @Test
    void terminate_is_passed_on_and_what_was_never_synced_is_not() {
        alice.sends(parse("", "SELECT 1"), bind("", ""), terminate());
        assertThat(alice.toServer()).containsExactly("X");
    }

    @Test
    void the_end_of_the_client_is_passed_on_behind_its_last_query() {
        alice.query("SELECT 1");
        alice.session.clientFinished();
        assertThat(alice.toServer()).containsExactly("Q SELECT 1");
        assertThat(alice.upstream.finished()).isTrue();
        assertThat(alice.upstream.closed()).isFalse();
    }
}
