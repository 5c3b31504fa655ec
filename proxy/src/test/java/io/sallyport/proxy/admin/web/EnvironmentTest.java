package io.sallyport.proxy.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {
    @ParameterizedTest
    @ValueSource(strings = {"production", "PROD", "eu-prod-1", "live", "shop production", "prod_eu"})
    void production_is_seen_in_a_name(String name) {
        assertThat(Environment.of(name).production()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "test", "staging", "preprod", "pre-production", "non-prod", "delivery", "products", "olive"})
    void other_names_are_not_production(String name) {
        assertThat(Environment.of(name).production()).isFalse();
    }
}
