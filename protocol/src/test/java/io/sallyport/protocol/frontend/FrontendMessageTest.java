package io.sallyport.protocol.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FrontendMessageTest {
    private static final byte[] BIND = new Bytes()
            .string("portal")
            .string("statement")
            .int16(2)
            .int16(0)
            .int16(1)
            .int16(3)
            .int32(2)
            .text("ab")
            .int32(4)
            .int32(42)
            .int32(-1)
            .int16(1)
            .int16(1)
            .message('B');

    @Test
    void a_query_is_its_text_without_the_nul() {
        Frame query = frame(new Bytes().string("SELECT 'ü'").message('Q'));
        assertThat(FrontendMessage.Query.of(query).text()).isEqualTo("SELECT 'ü'".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_query_without_nul_or_with_one_inside_is_refused() {
        refused(() ->
                FrontendMessage.Query.of(frame(new Bytes().text("SELECT 1").message('Q'))));
        refused(() -> FrontendMessage.Query.of(frame(new Bytes().message('Q'))));
        refused(() -> FrontendMessage.Query.of(
                frame(new Bytes().string("SELECT 1").string("DROP TABLE t").message('Q'))));
    }

    @Test
    void a_parse_has_a_name_a_text_and_types() {
        Frame parse = frame(
                new Bytes().string("s").string("SELECT $1").int16(1).int32(23).message('P'));
        assertThat(FrontendMessage.Parse.of(parse).name()).isEqualTo("s");
        assertThat(FrontendMessage.Parse.of(parse).text()).isEqualTo("SELECT $1".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_parse_that_lies_about_its_types_is_refused() {
        refused(() -> FrontendMessage.Parse.of(frame(
                new Bytes().string("s").string("SELECT 1").int16(2).int32(23).message('P'))));
        refused(() -> FrontendMessage.Parse.of(
                frame(new Bytes().string("s").string("SELECT 1").int16(0xffff).message('P'))));
        refused(() -> FrontendMessage.Parse.of(frame(
                new Bytes().string("s").string("SELECT 1").int16(0).int8(0).message('P'))));
        refused(() -> FrontendMessage.Parse.of(
                frame(new Bytes().string("s").text("SELECT 1").message('P'))));
    }

    @Test
    void a_bind_carries_values_formats_and_nulls() {
        FrontendMessage.Bind bind = FrontendMessage.Bind.of(frame(BIND));
        assertThat(bind.portal()).isEqualTo("portal");
        assertThat(bind.statement()).isEqualTo("statement");
        assertThat(bind.parameters())
                .containsExactly("ab".getBytes(StandardCharsets.UTF_8), new byte[] {0, 0, 0, 42}, null);
        assertThat(bind.binary()).containsExactly(false, true, false);
        assertThat(FrontendMessage.Bind.namesOf(frame(BIND)))
                .isEqualTo(new FrontendMessage.BindNames("portal", "statement"));
    }

    @Test
    void one_format_stands_for_all_values() {
        byte[] bind = new Bytes()
                .string("")
                .string("")
                .int16(1)
                .int16(1)
                .int16(2)
                .int32(0)
                .int32(0)
                .int16(0)
                .message('B');
        assertThat(FrontendMessage.Bind.of(frame(bind)).binary()).containsExactly(true, true);
    }

    @Test
    void a_bind_that_lies_about_a_count_or_a_length_is_refused() {
        byte[] formats =
                new Bytes().string("").string("").int16(0xffff).int16(0).message('B');
        byte[] values = new Bytes()
                .string("")
                .string("")
                .int16(0)
                .int16(0xffff)
                .int32(-1)
                .int16(0)
                .message('B');
        byte[] length = new Bytes()
                .string("")
                .string("")
                .int16(0)
                .int16(1)
                .int32(0x7fffffff)
                .int16(0)
                .message('B');
        byte[] negative = new Bytes()
                .string("")
                .string("")
                .int16(0)
                .int16(1)
                .int32(-2)
                .int16(0)
                .message('B');
        byte[] results =
                new Bytes().string("").string("").int16(0).int16(0).int16(9).message('B');
        byte[] trailing = new Bytes()
                .string("")
                .string("")
                .int16(0)
                .int16(0)
                .int16(0)
                .int8(1)
                .message('B');
        for (byte[] lie : new byte[][] {formats, values, length, negative, results, trailing}) {
            refused(() -> FrontendMessage.Bind.of(frame(lie)));
            refused(() -> FrontendMessage.Bind.namesOf(frame(lie)));
        }
    }

    /** The quick reader of the names and the full reader must refuse the same messages. */
    @Test
    void both_readers_of_a_bind_agree_on_every_damaged_one() {
        Random random = new Random(3);
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged =
                    random.nextInt(4) == 0 ? Arrays.copyOf(BIND, 5 + random.nextInt(BIND.length - 5)) : BIND.clone();
            for (int i = random.nextInt(3); i >= 0 && damaged.length > 5; i--) {
                damaged[5 + random.nextInt(damaged.length - 5)] = (byte) random.nextInt(256);
            }
            assertThat(reads(() -> FrontendMessage.Bind.of(frame(damaged))))
                    .isEqualTo(reads(() -> FrontendMessage.Bind.namesOf(frame(damaged))));
        }
    }

    @Test
    void names_are_unique_in_their_first_63_bytes() {
        String shared = "n".repeat(63);
        Frame parse = frame(new Bytes().string(shared + "1").string("").int16(0).message('P'));
        Frame bind = frame(new Bytes()
                .string("p")
                .string(shared + "2")
                .int16(0)
                .int16(0)
                .int16(0)
                .message('B'));
        assertThat(FrontendMessage.Parse.of(parse).name()).isEqualTo(shared);
        assertThat(FrontendMessage.Bind.namesOf(bind).statement()).isEqualTo(shared);
        assertThat(FrontendMessage.Close.of(
                        frame(new Bytes().int8('S').string(shared + "3").message('C'))))
                .isEqualTo(new FrontendMessage.Close(true, shared));
    }

    @Test
    void names_that_differ_in_one_undecodable_byte_differ() {
        byte[] one = new Bytes().raw(new byte[] {(byte) 0xe4, 0}).int32(0).message('E');
        byte[] other = new Bytes().raw(new byte[] {(byte) 0xf6, 0}).int32(0).message('E');
        assertThat(FrontendMessage.Execute.of(frame(one)).portal())
                .isNotEqualTo(FrontendMessage.Execute.of(frame(other)).portal());
    }

    @Test
    void execute_and_close_are_checked_to_their_end() {
        assertThat(FrontendMessage.Execute.of(
                                frame(new Bytes().string("p").int32(10).message('E')))
                        .portal())
                .isEqualTo("p");
        assertThat(FrontendMessage.Close.of(
                                frame(new Bytes().int8('P').string("p").message('C')))
                        .statement())
                .isFalse();
        refused(() -> FrontendMessage.Execute.of(
                frame(new Bytes().string("p").int16(0).message('E'))));
        refused(() -> FrontendMessage.Execute.of(
                frame(new Bytes().string("p").int32(0).int8(0).message('E'))));
        refused(() -> FrontendMessage.Close.of(frame(new Bytes().message('C'))));
        refused(() ->
                FrontendMessage.Close.of(frame(new Bytes().int8('S').text("s").message('C'))));
    }

    private static boolean reads(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (ProtocolViolation violation) {
            return false;
        }
    }

    private static void refused(ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.sqlState()).isEqualTo("08P01"));
    }

    private static Frame frame(byte[] message) {
        return new Frame(message[0], Unpooled.wrappedBuffer(message));
    }
}
