package io.sallyport.protocol.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.protocol.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorResponseTest {
    @Test
    void an_error_is_laid_out_as_the_manual_says() {
        ErrorResponse error =
                ErrorResponse.error("42501", "denied").withDetail("why").withHint("what to do");
        assertThat(Bytes.take(error.write(Unpooled.buffer())))
                .isEqualTo(new Bytes()
                        .int8('S')
                        .string("ERROR")
                        .int8('V')
                        .string("ERROR")
                        .int8('C')
                        .string("42501")
                        .int8('M')
                        .string("denied")
                        .int8('D')
                        .string("why")
                        .int8('H')
                        .string("what to do")
                        .int8(0)
                        .message('E'));
    }

    @Test
    void detail_and_hint_are_left_out_where_there_are_none() {
        ErrorResponse error = ErrorResponse.fatal("57P01", "going down");
        assertThat(error.isFatal()).isTrue();
        assertThat(Bytes.take(error.write(Unpooled.buffer())))
                .isEqualTo(new Bytes()
                        .int8('S')
                        .string("FATAL")
                        .int8('V')
                        .string("FATAL")
                        .int8('C')
                        .string("57P01")
                        .int8('M')
                        .string("going down")
                        .int8(0)
                        .message('E'));
    }

    @Test
    void what_was_written_is_read_back() {
        ErrorResponse error = read(Bytes.take(ErrorResponse.error("42P01", "relation \"zwölf\" does not exist")
                .write(Unpooled.buffer())));
        assertThat(error).isEqualTo(ErrorResponse.error("42P01", "relation \"zwölf\" does not exist"));
        assertThat(error.isFatal()).isFalse();
    }

    @Test
    void a_translated_severity_gives_way_to_the_one_that_is_not() {
        byte[] german = new Bytes()
                .int8('S')
                .string("SCHWERWIEGEND")
                .int8('V')
                .string("FATAL")
                .int8('C')
                .string("57P01")
                .int8('M')
                .string("beende Verbindung")
                .int8('R')
                .string("ProcessInterrupts")
                .int8(0)
                .message('E');
        assertThat(read(german).isFatal()).isTrue();
    }

    @Test
    void fields_that_are_missing_are_empty() {
        assertThat(read(new Bytes().int8(0).message('E'))).isEqualTo(new ErrorResponse("", "", "", null, null));
        assertThat(read(new Bytes().message('E')).sqlState()).isEmpty();
    }

    @Test
    void a_field_without_its_end_is_a_violation() {
        byte[] cut = new Bytes().int8('C').text("42P01").message('E');
        assertThatThrownBy(() -> read(cut))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("no terminating NUL");
    }

    @Test
    void a_nul_inside_a_text_cannot_forge_a_field() {
        ErrorResponse forged = read(Bytes.take(
                ErrorResponse.error("42501", "no\0C00000").withHint("a\0b").write(Unpooled.buffer())));
        assertThat(forged.sqlState()).isEqualTo("42501");
        assertThat(forged.message()).isEqualTo("no C00000");
    }

    @Test
    void a_notice_is_no_error() {
        byte[] notice =
                Bytes.take(NoticeResponse.notice("held", "because", null).write(Unpooled.buffer()));
        assertThat(notice)
                .isEqualTo(new Bytes()
                        .int8('S')
                        .string("NOTICE")
                        .int8('V')
                        .string("NOTICE")
                        .int8('C')
                        .string("00000")
                        .int8('M')
                        .string("held")
                        .int8('D')
                        .string("because")
                        .int8(0)
                        .message('N'));
    }

    @Test
    void rows_of_text_carry_their_bytes_and_nulls() {
        List<String> values = new ArrayList<>(List.of("ä", ""));
        byte[] row = Bytes.take(Replies.dataRow(Unpooled.buffer(), values));
        assertThat(row)
                .isEqualTo(new Bytes().int16(2).int32(2).text("ä").int32(0).message('D'));
        assertThat(Bytes.take(Replies.commandComplete(Unpooled.buffer(), "SELECT 2")))
                .isEqualTo(new Bytes().string("SELECT 2").message('C'));
        assertThat(Bytes.take(Replies.copyInResponse(Unpooled.buffer())))
                .isEqualTo(new Bytes().int8(0).int16(0).message('G'));
    }

    private static ErrorResponse read(byte[] message) {
        ByteBuf buffer = Unpooled.wrappedBuffer(message);
        return ErrorResponse.read(new WireReader(buffer, Frame.HEADER, message.length));
    }
}
