package io.sallyport.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProtocolVersionTest {
    @Test
    void a_version_word_has_major_above_minor() {
        assertThat(ProtocolVersion.of(0x30002)).isEqualTo(ProtocolVersion.V3_2).hasToString("3.2");
        assertThat(ProtocolVersion.V3_0.word()).isEqualTo(196608);
        assertThat(ProtocolVersion.of(-1)).isEqualTo(new ProtocolVersion(0xffff, 0xffff));
    }
}
