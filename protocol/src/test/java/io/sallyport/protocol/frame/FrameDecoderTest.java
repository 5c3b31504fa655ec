package io.sallyport.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.protocol.frontend.FrameLimits;
import io.sallyport.protocol.wire.Bytes;
import io.sallyport.protocol.wire.CountedMemory;
import io.sallyport.protocol.wire.Cuts;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
    private static final byte[] QUERY = new Bytes().string("SELECT 1").message('Q');
    private static final byte[] SYNC = new Bytes().message('S');
    private static final byte[] COPY_ROW = new Bytes().text("1\tone\n").message('d');
    private static final byte[] EMPTY_COPY_ROW = new Bytes().message('d');
    private static final byte[] COPY_DONE = new Bytes().message('c');
    private static final byte[] BIND = new Bytes()
            .string("")
            .string("s1")
            .int16(0)
            .int16(1)
            .int32(100)
            .raw(new byte[100])
            .int16(0)
            .message('B');
    private static final byte[] STREAM =
            Bytes.join(QUERY, SYNC, COPY_ROW, EMPTY_COPY_ROW, COPY_ROW, COPY_DONE, BIND, SYNC, SYNC, QUERY);

    private final CountedMemory memory = new CountedMemory();

    @AfterEach
    void nothing_leaks() {
        assertThat(memory.held()).isZero();
    }

    @Test
    void messages_that_come_whole_are_cut_as_they_are() {
        assertCutCorrectly(Cuts.whole(STREAM));
    }

    @Test
    void messages_that_come_byte_by_byte_are_the_same() {
        assertCutCorrectly(Cuts.everyByte(STREAM));
    }

    @Test
    void messages_cut_at_any_position_are_the_same() {
        for (int position = 0; position <= STREAM.length; position++) {
            assertCutCorrectly(Cuts.at(STREAM, position));
        }
    }

    @Test
    void messages_cut_at_random_are_the_same() {
        Random random = new Random(5);
        for (int round = 0; round < 500; round++) {
            assertCutCorrectly(Cuts.random(STREAM, random));
        }
    }

    @Test
    void a_message_read_whole_is_a_slice_and_not_a_copy() {
        long[] whileHeld = new long[1];
        FrameDecoder decoder = new FrameDecoder(new FrameLimits(1000), memory.allocator(), new FrameSink() {
            @Override
            public void frame(Frame frame) {
                whileHeld[0] = memory.held();
                frame.release();
            }

            @Override
            public void chunk(FrameChunk chunk) {
                chunk.release();
            }
        });
        Cuts.feed(Cuts.whole(QUERY), memory.allocator(), decoder::feed);
        assertThat(whileHeld[0]).isEqualTo(QUERY.length);
    }

    @Test
    void bulk_is_passed_on_at_once_and_never_assembled() {
        RecordedPieces seen = new RecordedPieces();
        FrameDecoder decoder = new FrameDecoder(new FrameLimits(1000), memory.allocator(), seen);
        byte[] start = new Bytes().int8('d').int32(0x3ffffffe).array();
        byte[] block = new byte[8192];
        decoder.feed(memory.allocator().buffer().writeBytes(start));
        for (int i = 1; i <= 200; i++) {
            decoder.feed(memory.allocator().buffer(block.length).writeBytes(block));
            assertThat(seen.chunks).hasSize(i + 1);
            assertThat(memory.held()).isZero();
        }
        assertThat(seen.finishedBulk).isZero();
        decoder.close();
    }

    @Test
    void a_bulk_message_of_any_size_ends_exactly_where_its_length_says() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            byte[] row = new Bytes().raw(new byte[random.nextInt(300)]).message('d');
            RecordedPieces seen = decode(Cuts.random(Bytes.join(row, SYNC, row), random));
            assertThat(seen.bulk()).isEqualTo(Bytes.join(row, row));
            assertThat(seen.finishedBulk).isEqualTo(2);
            assertThat(seen.frames).hasSize(1);
        }
    }

    @Test
    void what_never_arrived_is_released_at_the_end() {
        RecordedPieces seen = decode(List.of(Arrays.copyOf(BIND, BIND.length - 1)));
        assertThat(seen.frames).isEmpty();
    }

    private void assertCutCorrectly(List<byte[]> pieces) {
        RecordedPieces seen = decode(pieces);
        assertThat(seen.frames).containsExactly(QUERY, SYNC, COPY_DONE, BIND, SYNC, SYNC, QUERY);
        assertThat(seen.bulk()).isEqualTo(Bytes.join(COPY_ROW, EMPTY_COPY_ROW, COPY_ROW));
        assertThat(seen.finishedBulk).isEqualTo(3);
    }

    private RecordedPieces decode(List<byte[]> pieces) {
        RecordedPieces seen = new RecordedPieces();
        FrameDecoder decoder = new FrameDecoder(new FrameLimits(1000), memory.allocator(), seen);
        Cuts.feed(pieces, memory.allocator(), decoder::feed);
        decoder.close();
        return seen;
    }
}
