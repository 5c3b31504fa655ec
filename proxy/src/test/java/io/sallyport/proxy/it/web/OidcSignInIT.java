package io.sallyport.proxy.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.sallyport.proxy.oidc.fakes.SigningKey;
import io.sallyport.proxy.oidc.fakes.TestIssuer;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signing in to the page at the issuer, honest and otherwise. */
@Timeout(60)
final class OidcSignInIT {
    private static final String REFUSED = "/?sign-in=refused";

    private OidcPlace place;
    private Browser browser;
    private Browser atIssuer;

    @BeforeEach
    void starts() {
        place = OidcPlace.withPage("127.0.0.1");
        browser = Browser.at(place.proxy().adminPort());
        atIssuer = new Browser(place.issuer().url(), null);
        place.issuer().codes().is("carol-sub");
    }

    @AfterEach
    void stops() {
        place.close();
    }

    /** The browser goes to the issuer. @return where it was sent */
    private URI begins() {
        Browser.Answer begun = browser.get("/sign-in/oidc");
        assertThat(begun.status()).isEqualTo(303);
        browser.with("Cookie", begun.header("set-cookie").split(";", 2)[0]);
        return URI.create(begun.header("location"));
    }

    /** Somebody signs in there. @return where they are sent back to, without the host */
    private String signsIn(URI issuer) {
        URI back = URI.create(atIssuer.get("/login?" + issuer.getRawQuery()).header("location"));
        return back.getRawPath() + "?" + back.getRawQuery();
    }

    private static String parameter(URI address, String name) {
        return new QueryStringDecoder(address.toString())
                .parameters()
                .getOrDefault(name, List.of(""))
                .get(0);
    }

    private static String without(String address, String name) {
        return address.replaceAll("[?&]" + name + "=[^&]*", "").replaceFirst("callback&", "callback?");
    }

    private Browser.Answer comesBack(String path) {
        Browser.Answer answer = browser.get(path);
        assertThat(answer.status()).isEqualTo(303);
        return answer;
    }

    private void isRefused(String path) {
        Browser.Answer answer = comesBack(path);
        assertThat(answer.header("location")).isEqualTo(place.page() + REFUSED);
        assertThat(answer.response().headers().allValues("set-cookie"))
                .noneMatch(cookie -> cookie.startsWith("sallyport="));
    }

    @Test
    void whoever_signs_in_at_the_issuer_has_a_session_like_any_other() {
        String path = signsIn(begins());
        Browser.Answer answer = comesBack(path);
        assertThat(answer.header("location")).isEqualTo(place.page() + "/");
        List<String> cookies = answer.response().headers().allValues("set-cookie");
        assertThat(cookies).hasSize(2);
        assertThat(cookies.get(0)).startsWith("sallyport=").contains("HTTPOnly", "SameSite=Strict");
        assertThat(cookies.get(1)).startsWith("sallyport-sign-in=;").contains("Max-Age=0");
        browser.with("Cookie", cookies.get(0).split(";", 2)[0]);
        Browser.Answer me = browser.get("/api/v1/session");
        assertThat(me.text("name")).isEqualTo("oidc:carol-sub");
        try (HeldStatement held = place.held("alice", "DELETE FROM t")) {
            String approve = "/api/v1/holds/" + held.code() + "/approve";
            assertThat(browser.post(approve, "{}").status()).isEqualTo(403);
            browser.with("X-Sallyport-Csrf", me.text("csrf"));
            assertThat(browser.post(approve, "{}").text("state")).isEqualTo("approved");
        }
        assertThat(browser.send("DELETE", "/api/v1/session", "").status()).isEqualTo(200);
        assertThat(browser.get("/api/v1/session").status()).isEqualTo(401);
    }

    @Test
    void the_browser_is_sent_with_a_challenge_and_keeps_what_no_script_reads() {
        Browser.Answer begun = browser.get("/sign-in/oidc");
        assertThat(begun.header("set-cookie"))
                .startsWith("sallyport-sign-in=")
                .contains("HTTPOnly", "SameSite=Lax", "Max-Age=600");
        URI address = URI.create(begun.header("location"));
        assertThat(address.toString()).startsWith(place.issuer().url() + "/authorize?");
        assertThat(parameter(address, "redirect_uri")).isEqualTo(place.page() + "/sign-in/oidc/callback");
        assertThat(parameter(address, "code_challenge_method")).isEqualTo("S256");
        assertThat(parameter(address, "scope")).isEqualTo("openid profile");
        String kept = begun.header("set-cookie").split("[=.]", 3)[1];
        assertThat(address.toString()).doesNotContain(kept);
    }

    @Test
    void an_answer_to_another_sign_in_is_refused() {
        String first = signsIn(begins());
        String second = signsIn(begins());
        isRefused(first);
        String state = second.replaceAll(".*[?&]state=([^&]*).*", "$1");
        isRefused(second.replace(state, state.substring(1) + (state.startsWith("A") ? "B" : "A")));
        isRefused(without(second, "state"));
        assertThat(comesBack(second).header("location")).isEqualTo(place.page() + "/");
    }

    @Test
    void a_browser_that_did_not_begin_it_is_refused() {
        String path = signsIn(begins());
        browser.without("Cookie");
        isRefused(path);
        browser.with("Cookie", "sallyport-sign-in=" + "A".repeat(43) + ".1700000000");
        isRefused(path);
        browser.with("Cookie", "sallyport-sign-in=x");
        isRefused(path);
        // Somebody else's browser, which began one of its own.
        begins();
        isRefused(path);
    }

    @Test
    void what_came_back_once_counts_no_more() {
        String path = signsIn(begins());
        assertThat(comesBack(path).header("location")).isEqualTo(place.page() + "/");
        isRefused(path);
    }

    @Test
    void a_code_that_the_issuer_did_not_give_or_gave_to_another_sign_in_is_refused() {
        String path = signsIn(begins());
        isRefused(path.replaceAll("code=[^&]*", "code=guess"));
        String stolen = signsIn(begins()).replaceAll(".*code=([^&]*).*", "$1");
        String own = signsIn(begins());
        isRefused(own.replaceAll("code=[^&]*", "code=" + stolen));
    }

    @Test
    void a_refusal_of_the_issuer_signs_nobody_in() {
        String state = signsIn(begins()).replaceAll(".*[?&](state=[^&]*).*", "$1");
        isRefused("/sign-in/oidc/callback?error=access_denied&" + state);
    }

    @Test
    void another_issuers_answer_is_refused() {
        isRefused(signsIn(begins()).replaceAll("iss=[^&]*", "iss=https://evil.example"));
    }

    @Test
    void a_token_that_does_not_answer_this_sign_in_is_refused() {
        for (UnaryOperator<JWTClaimsSet.Builder> forgery : List.<UnaryOperator<JWTClaimsSet.Builder>>of(
                claims -> claims.claim("nonce", "another"),
                claims -> claims.claim("nonce", null),
                claims -> claims.audience(TestIssuer.AUDIENCE),
                claims -> claims.claim("azp", "grafana"),
                claims -> claims.issuer("https://evil.example"),
                claims -> claims.expirationTime(Date.from(Instant.EPOCH)),
                claims -> claims.subject(null))) {
            place.issuer().codes().forges(forgery);
            isRefused(signsIn(begins()));
        }
        place.issuer().codes().forges(claims -> claims);
        assertThat(comesBack(signsIn(begins())).header("location")).isEqualTo(place.page() + "/");
    }

    @Test
    void a_token_by_a_key_that_is_not_published_is_refused() {
        String path = signsIn(begins());
        place.issuer().signsWith(SigningKey.rsa("key-1"));
        isRefused(path);
    }

    @Test
    void nothing_in_an_address_leads_elsewhere() {
        for (String query : List.of("?return=https://evil.example", "?redirect_uri=https://evil.example", "?//evil")) {
            URI address = URI.create(browser.get("/sign-in/oidc" + query).header("location"));
            assertThat(address.getPort())
                    .isEqualTo(URI.create(place.issuer().url()).getPort());
            assertThat(parameter(address, "redirect_uri")).isEqualTo(place.page() + "/sign-in/oidc/callback");
        }
        String path = signsIn(begins());
        assertThat(comesBack(path + "&return=https://evil.example&redirect_uri=//evil.example")
                        .header("location"))
                .isEqualTo(place.page() + "/");
        browser.with("X-Forwarded-Host", "evil.example");
        assertThat(comesBack("/sign-in/oidc/callback?sign-in=evil").header("location"))
                .startsWith(place.page() + "/?");
    }

    @Test
    void another_site_cannot_begin_a_sign_in() {
        browser.with("Sec-Fetch-Site", "cross-site");
        Browser.Answer answer = browser.get("/sign-in/oidc");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("set-cookie")).isEmpty();
    }

    @Test
    void an_issuer_that_is_away_is_said_so() {
        String path = signsIn(begins());
        place.issuer().down(true);
        assertThat(comesBack(path).header("location")).isEqualTo(place.page() + "/?sign-in=unavailable");
    }

    @Test
    void failed_sign_ins_are_counted_and_show_no_code() {
        String path = signsIn(begins());
        String code = path.replaceAll(".*code=([^&]*).*", "$1");
        browser.without("Cookie");
        isRefused(path);
        assertThat(place.proxy().scrape()).contains("sallyport_logins_failed_total{reason=\"sign_in\"} 1.0");
        assertThat(place.proxy().audited().toString()).doesNotContain(code);
        for (int i = 0; i < 19; i++) {
            isRefused(path);
        }
        assertThat(comesBack(path).header("location")).isEqualTo(place.page() + "/?sign-in=too-many");
    }

    @Test
    void the_page_is_told_what_its_button_says() {
        Browser.Answer about = browser.get("/api/v1/about");
        assertThat(about.text("signInAt")).isEqualTo("Example SSO");
        assertThat(about.text("issuer")).isEqualTo(place.issuer().url());
        assertThat(about.text("audience")).isEqualTo(TestIssuer.AUDIENCE);
    }
}
