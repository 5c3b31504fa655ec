package io.sallyport.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CancelKeyTest {
    @Test
    void a_key_is_its_process_and_its_secret() {
        CancelKey key = new CancelKey(1, new byte[] {1, 2, 3, 4});
        assertThat(key).isEqualTo(new CancelKey(1, new byte[] {1, 2, 3, 4}));
        assertThat(key).hasSameHashCodeAs(new CancelKey(1, new byte[] {1, 2, 3, 4}));
        assertThat(key).isNotEqualTo(new CancelKey(2, new byte[] {1, 2, 3, 4}));
        assertThat(key).isNotEqualTo(new CancelKey(1, new byte[] {1, 2, 3, 5}));
        assertThat(key).isNotEqualTo(new CancelKey(1, new byte[] {1, 2, 3, 4, 0}));
    }

    @Test
    void the_secret_is_never_shown() {
        assertThat(new CancelKey(77, new byte[] {65, 66, 67, 68}))
                .hasToString("CancelKey[processId=77, secret of 4 bytes]");
    }

    @Test
    void a_secret_cannot_be_changed_from_outside() {
        byte[] secret = {1, 2, 3, 4};
        CancelKey key = new CancelKey(1, secret);
        secret[0] = 9;
        assertThat(key).isEqualTo(new CancelKey(1, new byte[] {1, 2, 3, 4}));
    }
}
