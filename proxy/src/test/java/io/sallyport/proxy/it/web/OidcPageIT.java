package io.sallyport.proxy.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.wire.ServerMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.Keys;

/** Signing in at an issuer with a real browser. The page and the issuer are two sites to it: cookies must bear that. */
@Timeout(120)
@EnabledIf(value = "browserIsInstalled", disabledReason = "no chromium and chromedriver in /usr/bin")
final class OidcPageIT {
    private OidcPlace place;
    private Chromium page;

    static boolean browserIsInstalled() {
        return Chromium.installed();
    }

    @BeforeEach
    void opens() {
        place = OidcPlace.withPage("localhost");
        page = new Chromium(place.page() + "/");
    }

    @AfterEach
    void closes() {
        page.close();
        place.close();
    }

    @Test
    void who_signed_in_at_the_issuer_comes_back_to_the_statement_and_approves() {
        place.issuer().codes().is("carol-sub");
        place.issuer().next(Map.of("preferred_username", "carol", "groups", List.of("oncall")));
        try (HeldStatement held = place.held("alice", "TRUNCATE t")) {
            page.go(place.page() + "/#" + held.code());
            page.see("#sign-in-oidc", "Sign in with Example SSO");
            page.see("#sign-in-oidc").click();
            page.see("#login").click();
            page.see("#who", "oidc:carol (carol-sub)");
            page.see("#detail h1", held.code());
            page.see("#approve").click();
            page.see("#sure .approve").sendKeys(Keys.ENTER);
            page.see("#detail .state", "approved");
            page.see("#detail .box.approved", "approved by oidc:carol (carol-sub)");
            assertThat(held.answer())
                    .extracting(ServerMessage::type)
                    .contains('C')
                    .doesNotContain('E');
        }
        page.see("#sign-out").click();
        page.see("#sign-in-oidc");
        assertThat(page.run("return fetch('/api/v1/holds').then(r => r.status)"))
                .isEqualTo("401");
    }

    @Test
    void the_requester_learns_that_it_takes_a_second_person() {
        place.issuer().codes().is("alice-sub");
        try (HeldStatement held = place.held("alice", "DELETE FROM t")) {
            page.go(place.page() + "/#" + held.code());
            page.see("#sign-in-oidc").click();
            page.see("#login").click();
            page.see("#approve").click();
            page.see("#sure .approve").sendKeys(Keys.ENTER);
            page.see("#vote-problem", "it takes a second person");
        }
    }

    @Test
    void a_sign_in_that_fails_is_said_in_words() {
        place.issuer().codes().forges(claims -> claims.claim("nonce", "another"));
        page.see("#sign-in-oidc").click();
        page.see("#login").click();
        page.see("#sign-in-problem", "did not succeed");
        assertThat(page.run("return location.search")).isEqualTo("");
    }
}
