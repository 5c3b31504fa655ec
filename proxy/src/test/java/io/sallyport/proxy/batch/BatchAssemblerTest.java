package io.sallyport.proxy.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.protocol.frame.Frame;
import io.sallyport.proxy.it.wire.Frontend;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BatchAssemblerTest {
    private final BatchAssembler assembler = new BatchAssembler(1_000);

    @Test
    void a_query_is_a_batch_of_one() {
        Batch batch = add(Frontend.query("SELECT 1"));
        assertThat(batch.size()).isEqualTo(1);
        assertThat(assembler.isEmpty()).isTrue();
    }

    @Test
    void extended_messages_collect_until_something_makes_the_server_answer() {
        for (byte[] last : List.of(
                Frontend.sync(), Frontend.flush(), Frontend.query("SELECT 1"), Frontend.functionCall(1, List.of()))) {
            assertThat(assembler.add(frame(Frontend.parse("", "SELECT 1")))).isNull();
            assertThat(assembler.add(frame(Frontend.bind("", "")))).isNull();
            assertThat(assembler.add(frame(Frontend.describePortal("")))).isNull();
            assertThat(assembler.add(frame(Frontend.execute("", 0)))).isNull();
            assertThat(assembler.add(frame(Frontend.closePortal("")))).isNull();
            assertThat(assembler.isEmpty()).isFalse();
            Batch batch = add(last);
            assertThat(batch.size()).isEqualTo(6);
            assertThat(batch.last().tag()).isEqualTo(last[0]);
            assertThat(assembler.isEmpty()).isTrue();
        }
    }

    @Test
    void the_frames_of_a_batch_are_those_that_came() {
        Frame parse = frame(Frontend.parse("", "SELECT 1"));
        Frame sync = frame(Frontend.sync());
        assembler.add(parse);
        assertThat(Objects.requireNonNull(assembler.add(sync)).frames()).containsExactly(parse, sync);
    }

    @Test
    void what_exceeds_the_limit_is_cut_and_judged_on_its_own() {
        byte[] parse = Frontend.parse("", "SELECT '" + "x".repeat(600) + "'");
        assertThat(assembler.add(frame(parse))).isNull();
        assertThat(add(parse).size()).isEqualTo(2);
        assertThat(add(Frontend.sync()).size()).isEqualTo(1);
    }

    @Test
    void very_many_tiny_messages_are_cut_too() {
        BatchAssembler roomy = new BatchAssembler(Integer.MAX_VALUE);
        byte[] close = Frontend.closePortal("");
        int count = 1;
        while (roomy.add(frame(close)) == null) {
            count++;
        }
        assertThat(count).isEqualTo(20_000);
    }

    @Test
    void copy_data_cuts_what_was_collected() {
        assertThat(assembler.cut()).isNull();
        assembler.add(frame(Frontend.execute("", 0)));
        assertThat(Objects.requireNonNull(assembler.cut()).size()).isEqualTo(1);
        assertThat(assembler.cut()).isNull();
    }

    @Test
    void what_is_given_up_is_released() {
        Frame parse = frame(Frontend.parse("", "SELECT 1"));
        assembler.add(parse);
        assembler.release();
        assertThat(parse.bytes().refCnt()).isZero();
        assertThat(assembler.isEmpty()).isTrue();
    }

    private Batch add(byte[] message) {
        return Objects.requireNonNull(assembler.add(frame(message)));
    }

    private static Frame frame(byte[] message) {
        return Batches.frame(message);
    }
}
