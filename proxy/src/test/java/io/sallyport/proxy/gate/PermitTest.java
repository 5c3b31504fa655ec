package io.sallyport.proxy.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.Batches;
import io.sallyport.proxy.it.wire.Frontend;
import org.junit.jupiter.api.Test;

class PermitTest {
    private final Batch batch = Batches.of(Frontend.parse("", "SELECT 1"), Frontend.bind("", ""), Frontend.sync());

    @Test
    void a_permit_yields_the_messages_it_covers() {
        assertThat(new Permit(batch, 3).redeem(batch)).isEqualTo(batch.frames());
        assertThat(new Permit(batch, 1).redeem(batch)).containsExactly(batch.frame(0));
        assertThat(new Permit(batch, 0).redeem(batch)).isEmpty();
    }

    @Test
    void a_permit_is_used_once() {
        Permit permit = new Permit(batch, 3);
        permit.redeem(batch);
        assertThatThrownBy(() -> permit.redeem(batch))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("permit was used already");
    }

    @Test
    void a_permit_is_for_one_batch_even_if_another_has_the_same_bytes() {
        Permit permit = new Permit(batch, 1);
        Batch twin = Batches.of(Frontend.parse("", "SELECT 1"), Frontend.bind("", ""), Frontend.sync());
        assertThatThrownBy(() -> permit.redeem(twin))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("permit is for another batch");
        assertThat(permit.redeem(batch)).hasSize(1);
    }
}
