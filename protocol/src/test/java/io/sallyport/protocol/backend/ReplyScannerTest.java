package io.sallyport.protocol.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.backend.ReplyListener.Fate;
import io.sallyport.protocol.backend.ReplyListener.Interest;
import io.sallyport.protocol.wire.Bytes;
import io.sallyport.protocol.wire.CountedMemory;
import io.sallyport.protocol.wire.Cuts;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyScannerTest {
    private static final byte[] DESCRIPTION = new Bytes().int16(0).message('T');
    private static final byte[] ROW =
            new Bytes().int16(1).int32(5).text("value").message('D');
    private static final byte[] EMPTY = new Bytes().message('1');
    private static final byte[] COMPLETE = new Bytes().string("SELECT 1").message('C');
    private static final byte[] ERROR =
            new Bytes().int8('C').string("42P01").int8(0).message('E');
    private static final byte[] READY = new Bytes().int8('I').message('Z');
    private static final byte[] STREAM =
            Bytes.join(EMPTY, DESCRIPTION, ROW, ROW, COMPLETE, ERROR, ERROR, READY, READY, ROW, EMPTY, READY);

    private final CountedMemory memory = new CountedMemory();

    @AfterEach
    void nothing_leaks() {
        assertThat(memory.held()).isZero();
    }

    private static Transcript relayingAll() {
        return new Transcript()
                .on('1', Interest.TAG, Fate.RELAY)
                .on('C', Interest.BODY, Fate.RELAY)
                .on('E', Interest.BODY, Fate.RELAY)
                .on('Z', Interest.BODY, Fate.RELAY);
    }

    private static Transcript changingMuch() {
        return new Transcript()
                .on('1', Interest.TAG, Fate.DROP)
                .on('D', Interest.TAG, Fate.RELAY)
                .on('C', Interest.TAG, Fate.REPLACE)
                .on('E', Interest.BODY, Fate.REPLACE)
                .on('Z', Interest.BODY, Fate.DROP);
    }

    private static final byte[] CHANGED = Bytes.join(
            DESCRIPTION,
            ROW,
            ROW,
            new Bytes().text("<C replaced><E replaced><E replaced>").array(),
            ROW);
    private static final List<String> CHANGES_SEEN = List.of(
            "1 unread",
            "D unread",
            "D unread",
            "C unread",
            "E C42P01||",
            "E C42P01||",
            "Z I",
            "Z I",
            "D unread",
            "1 unread",
            "Z I");

    @Test
    void what_is_relayed_is_byte_for_byte_what_came() {
        for (int position = 0; position <= STREAM.length; position++) {
            Transcript seen = scan(relayingAll(), Cuts.at(STREAM, position));
            assertThat(seen.out()).isEqualTo(STREAM);
            assertThat(seen.observed)
                    .containsExactly(
                            "1 unread", "C SELECT 1|", "E C42P01||", "E C42P01||", "Z I", "Z I", "1 unread", "Z I");
        }
    }

    @Test
    void dropped_and_replaced_messages_are_the_same_wherever_the_stream_is_cut() {
        for (int position = 0; position <= STREAM.length; position++) {
            assertChanged(Cuts.at(STREAM, position));
        }
    }

    @Test
    void dropped_and_replaced_messages_are_the_same_byte_by_byte() {
        assertChanged(Cuts.everyByte(STREAM));
    }

    @Test
    void dropped_and_replaced_messages_are_the_same_in_random_pieces() {
        Random random = new Random(11);
        for (int round = 0; round < 500; round++) {
            assertChanged(Cuts.random(STREAM, random));
        }
    }

    @Test
    void a_run_that_nobody_wants_to_see_is_passed_on_in_one_piece() {
        Transcript seen = scan(relayingAll(), Cuts.whole(STREAM));
        assertThat(seen.largestRun).isEqualTo(STREAM.length);
    }

    @Test
    void an_unknown_message_is_passed_on_unread() {
        byte[] unknown = new Bytes().text("from a later server").message('*');
        Transcript seen = scan(changingMuch(), Cuts.everyByte(unknown));
        assertThat(seen.out()).isEqualTo(unknown);
        assertThat(seen.observed).isEmpty();
    }

    @Test
    void a_wanted_message_of_the_largest_size_is_still_read() {
        byte[] largest = new Bytes().raw(new byte[ReplyScanner.WHOLE_LIMIT - 5]).message('C');
        Transcript seen = scan(relayingAll(), Cuts.random(largest, new Random(1)));
        assertThat(seen.observed).singleElement().asString().hasSize(ReplyScanner.WHOLE_LIMIT - 5 + 2);
        assertThat(seen.out()).isEqualTo(largest);
    }

    @Test
    void an_oversize_wanted_message_is_relayed_in_pieces_with_its_tag_alone_seen() {
        byte[] oversize =
                Bytes.join(new Bytes().raw(new byte[ReplyScanner.WHOLE_LIMIT]).message('C'), READY);
        for (List<byte[]> pieces : List.of(Cuts.whole(oversize), Cuts.at(oversize, 3), Cuts.at(oversize, 100_000))) {
            Transcript seen = scan(relayingAll(), pieces);
            assertThat(seen.observed).containsExactly("C unread", "Z I");
            assertThat(seen.out()).isEqualTo(oversize);
        }
    }

    @Test
    void an_oversize_message_can_be_replaced_as_well() {
        byte[] oversize =
                Bytes.join(new Bytes().raw(new byte[ReplyScanner.WHOLE_LIMIT]).message('E'), ROW);
        Transcript seen = scan(changingMuch(), Cuts.at(oversize, 5_000));
        assertThat(seen.out())
                .isEqualTo(Bytes.join(new Bytes().text("<E replaced>").array(), ROW));
    }

    /** Only what is wanted is kept; a long row that is not goes through as it comes. */
    @Test
    void memory_does_not_follow_a_length_word() {
        Transcript seen = relayingAll();
        ReplyScanner scanner = new ReplyScanner(memory.allocator(), seen);
        byte[] start = new Bytes().int8('D').int32(1 << 30).raw(new byte[10]).array();
        scanner.feed(memory.allocator().buffer(start.length).writeBytes(start));
        assertThat(memory.held()).isZero();
        scanner.close();

        ReplyScanner wanting = new ReplyScanner(memory.allocator(), seen);
        byte[] promised = new Bytes().int8('C').int32(1 << 19).raw(new byte[10]).array();
        wanting.feed(memory.allocator().buffer(promised.length).writeBytes(promised));
        assertThat(memory.held()).isBetween(15L, 64L);
        wanting.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void a_length_that_cannot_be_ends_the_session(int length) {
        byte[] header = new Bytes().int8('D').int32(length).array();
        for (List<byte[]> pieces : List.of(Cuts.whole(header), Cuts.everyByte(header))) {
            assertThatThrownBy(() -> scan(relayingAll(), pieces))
                    .isInstanceOf(ProtocolViolation.class)
                    .hasMessage("invalid length " + length + " of server message 'D': expected 4 to 2147483646");
        }
    }

    private void assertChanged(List<byte[]> pieces) {
        Transcript seen = scan(changingMuch(), pieces);
        assertThat(seen.out()).isEqualTo(CHANGED);
        assertThat(seen.observed).isEqualTo(CHANGES_SEEN);
    }

    private Transcript scan(Transcript listener, List<byte[]> pieces) {
        ReplyScanner scanner = new ReplyScanner(memory.allocator(), listener);
        try {
            Cuts.feed(pieces, memory.allocator(), scanner::feed);
        } finally {
            scanner.close();
        }
        return listener;
    }
}
