package io.sallyport.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sallyport.protocol.ProtocolViolation;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    @Test
    void every_beginning_asks_for_more_and_the_rest_is_left() {
        String header = SIGNATURE + "2111000c" + "0a000007" + "0a000001" + "c3cb" + "1538";
        for (int end = 0; end < header.length(); end += 2) {
            assertThat(ProxyHeader.read(bytes(header.substring(0, end)))).isNull();
        }
        ByteBuf in = bytes(header + "abcd");
        ProxyHeader read = Objects.requireNonNull(ProxyHeader.read(in));
        assertThat(String.valueOf(read.source())).isEqualTo("/10.0.0.7:50123");
        assertThat(in.readableBytes()).isEqualTo(2);
    }

    @Test
    void a_local_or_unknown_one_announces_nobody() {
        assertThat(ProxyHeader.read(bytes(SIGNATURE + "20000000"))).isEqualTo(new ProxyHeader(null));
        assertThat(ProxyHeader.read(bytes(SIGNATURE + "21000002" + "ffff"))).isEqualTo(new ProxyHeader(null));
    }

    @Test
    void what_cannot_become_one_is_refused_at_its_first_wrong_byte() {
        for (String wrong : new String[] {
            "50",
            SIGNATURE.substring(0, 22) + "0b",
            SIGNATURE + "11110000",
            SIGNATURE + "22110000",
            SIGNATURE + "2111ffff"
        }) {
            assertThatThrownBy(() -> ProxyHeader.read(bytes(wrong))).as(wrong).isInstanceOf(ProtocolViolation.class);
        }
        assertThatThrownBy(() -> ProxyHeader.read(bytes(SIGNATURE + "2111000b" + "00".repeat(11))))
                .hasMessageContaining("too short");
        assertThatThrownBy(() -> ProxyHeader.read(bytes(SIGNATURE + "2131000c" + "00".repeat(12))))
                .hasMessageContaining("family 49");
    }
}
