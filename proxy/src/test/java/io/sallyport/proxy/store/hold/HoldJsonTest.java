package io.sallyport.proxy.store.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.hold.HoldFixture;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.HoldTerms;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldJsonTest {
    @Test
    void what_an_earlier_version_wrote_down_has_no_safety_nets() {
        String json = HoldJson.request(HoldFixture.REQUEST);
        assertThat(json).contains(",\"safety\":[]");
        HoldRequest earlier = HoldJson.request(json.replace(",\"safety\":[]", ""));
        assertThat(earlier).isEqualTo(HoldFixture.REQUEST);
    }

    @Test
    void safety_nets_are_kept_as_they_were_when_it_opened() {
        HoldRequest request = HoldFixture.on(HoldTerms.NONE.withSafety(List.of("restore point before it runs")));
        assertThat(HoldJson.request(HoldJson.request(request))).isEqualTo(request);
        assertThat(request.remembered().terms()).isEqualTo(request.terms());
    }
}
