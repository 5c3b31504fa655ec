package io.sallyport.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransactionStatusTest {
    @ParameterizedTest
    @EnumSource
    void a_transaction_status_is_its_letter(TransactionStatus status) {
        assertThat(TransactionStatus.of(status.code())).isEqualTo(status);
    }

    @Test
    void any_other_letter_is_no_transaction_status() {
        for (int code = 0; code < 256; code++) {
            if (code != 'I' && code != 'T' && code != 'E') {
                byte letter = (byte) code;
                assertThatThrownBy(() -> TransactionStatus.of(letter)).isInstanceOf(ProtocolViolation.class);
            }
        }
    }
}
