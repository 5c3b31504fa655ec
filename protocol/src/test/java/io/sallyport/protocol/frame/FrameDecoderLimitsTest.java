package io.sallyport.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.frontend.FrameLimits;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.protocol.wire.Bytes;
import io.sallyport.protocol.wire.CountedMemory;
import io.sallyport.protocol.wire.Cuts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderLimitsTest {
    private static final int LIMIT = 1 << 20;

    private final CountedMemory memory = new CountedMemory();
    private final RecordedPieces seen = new RecordedPieces();
    private final FrameDecoder decoder = new FrameDecoder(new FrameLimits(LIMIT), memory.allocator(), seen);

    @ParameterizedTest
    @EnumSource
    void a_length_that_cannot_be_is_refused_for_every_message(FrontendTag tag) {
        for (int length : new int[] {3, 0, -1, Integer.MIN_VALUE, 0x3fffffff, Integer.MAX_VALUE}) {
            byte[] header = new Bytes().int8(tag.code()).int32(length).array();
            for (List<byte[]> pieces : List.of(Cuts.whole(header), Cuts.everyByte(header))) {
                FrameDecoder fresh = new FrameDecoder(new FrameLimits(LIMIT), memory.allocator(), seen);
                ProtocolViolation violation = violation(pieces, fresh);
                assertThat(violation).hasMessageContaining(tag.label()).hasMessageContaining("" + length);
                assertThat(violation.sqlState()).isEqualTo("08P01");
                fresh.close();
                assertThat(memory.held()).isZero();
            }
        }
        assertThat(seen.frames).isEmpty();
        assertThat(seen.chunks).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"DESCRIBE", "EXECUTE", "CLOSE", "SYNC", "FLUSH", "COPY_DONE", "COPY_FAIL", "TERMINATE"})
    void small_messages_end_where_the_server_ends_them(FrontendTag tag) {
        decoder.feed(buffer(new Bytes().raw(new byte[9_996]).message((char) tag.code())));
        assertThat(seen.frames).hasSize(1);
        byte[] tooLong = new Bytes().int8(tag.code()).int32(10_001).array();
        assertThat(violation(Cuts.whole(tooLong), decoder).sqlState()).isEqualTo("08P01");
    }

    @Test
    void a_message_over_our_own_limit_names_the_setting() {
        byte[] header = new Bytes().int8('Q').int32(LIMIT + 1).array();
        ProtocolViolation violation = violation(Cuts.whole(header), decoder);
        assertThat(violation.sqlState()).isEqualTo("54000");
        assertThat(violation)
                .hasMessage("message Query of 1048577 bytes exceeds the limit of 1048576 bytes (limits.message_bytes)");
    }

    @Test
    void copy_data_knows_no_limit_of_ours() {
        decoder.feed(buffer(new Bytes().int8('d').int32(LIMIT + 1).array()));
        assertThat(seen.chunks).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 'z', 'A', 127, 128, 255})
    void an_unknown_message_is_refused_at_its_first_byte(int tag) {
        ProtocolViolation violation = violation(List.of(new byte[] {(byte) tag}), decoder);
        assertThat(violation).hasMessage("invalid frontend message type " + tag);
        assertThat(memory.held()).isZero();
    }

    @Test
    void what_stands_behind_a_violation_is_not_read() {
        byte[] stream = Bytes.join(
                new Bytes().message('S'),
                new Bytes().int8('z').int32(4).array(),
                new Bytes().string("SELECT 1").message('Q'));
        violation(Cuts.whole(stream), decoder);
        assertThat(seen.frames).hasSize(1);
        assertThat(memory.held()).isZero();
    }

    /** A megabyte is promised, and a hundred bytes come: memory follows what came. */
    @Test
    void a_length_word_buys_no_memory() {
        decoder.feed(
                buffer(new Bytes().int8('Q').int32(LIMIT).raw(new byte[100]).array()));
        assertThat(memory.held()).isBetween(105L, 512L);
        for (int i = 0; i < 50; i++) {
            decoder.feed(buffer(new byte[100]));
        }
        assertThat(memory.held()).isLessThan(4 * 5105);
        decoder.close();
        assertThat(memory.held()).isZero();
    }

    @Test
    void a_header_that_comes_alone_buys_no_memory() {
        decoder.feed(buffer(new Bytes().int8('P').int32(LIMIT).array()));
        assertThat(memory.held()).isLessThanOrEqualTo(64);
        decoder.close();
    }

    private io.netty.buffer.ByteBuf buffer(byte[] bytes) {
        return memory.allocator().buffer(bytes.length).writeBytes(bytes);
    }

    private ProtocolViolation violation(List<byte[]> pieces, FrameDecoder by) {
        return catchThrowableOfType(ProtocolViolation.class, () -> Cuts.feed(pieces, memory.allocator(), by::feed));
    }
}
