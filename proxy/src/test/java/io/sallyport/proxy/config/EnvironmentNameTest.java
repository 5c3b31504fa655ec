package io.sallyport.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"production", "PROD", "eu-prod-1", "live", "shop production", "prod_eu"})
    void production_is_seen_in_a_name(String name) {
        assertThat(EnvironmentName.of(name).production()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "test", "staging", "preprod", "pre-production", "non-prod", "delivery", "products", "olive"})
    void other_names_are_not_production(String name) {
        assertThat(EnvironmentName.of(name).production()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "STAGE", "eu-stg-2", "uat", "preprod", "pre-production"})
    void what_stands_just_before_production_is_staging(String name) {
        assertThat(EnvironmentName.of(name).kind()).isEqualTo(EnvironmentName.Kind.STAGING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "test", "dev", "non-prod", "backstage", "stages of life"})
    void the_rest_is_neither(String name) {
        assertThat(EnvironmentName.of(name).kind()).isEqualTo(EnvironmentName.Kind.OTHER);
    }
}
