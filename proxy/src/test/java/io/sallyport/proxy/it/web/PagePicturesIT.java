package io.sallyport.proxy.it.web;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes the pictures of docs/images, into the folder that {@code -Dpage.shots} names. */
@Timeout(120)
@EnabledIfSystemProperty(named = "page.shots", matches = ".+", disabledReason = "only with -Dpage.shots=FOLDER")
final class PagePicturesIT {
    private static final String NIGHT_DELETE = """
            -- clean up the test accounts
            DELETE FROM users
            WHERE created_at < '2024-01-01' OR 1 = 1;""";

    private final Path folder = Path.of(System.getProperty("page.shots", "."));

    @Test
    void a_day_in_production() throws IOException {
        TestServer server = TestServer.shared();
        server.run("postgres", "CREATE DATABASE shop");
        server.run(
                "shop",
                "CREATE TABLE users (id int, created_at date); CREATE TABLE orders (id int); CREATE TABLE carts (id int);"
                        + " GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC");
        Map<String, String> settings = Map.of("admin", "127.0.0.1:0", "environment", "production");
        try (TestProxy proxy = TestProxy.start(server.port(), "built-in", settings);
                Chromium page = new Chromium("http://127.0.0.1:" + proxy.adminPort() + "/")) {
            page.see("#sign-in");
            shoot(page, "sign-in");
            page.signIn("by_scram", TestServer.PASSWORD);
            page.see("#live", "live");
            try (HeldStatement ended = new HeldStatement(proxy, "carol", "shop", "DROP TABLE carts");
                    HeldStatement second = new HeldStatement(proxy, "app", "shop", "TRUNCATE orders");
                    HeldStatement held = new HeldStatement(proxy, "alice", "shop", NIGHT_DELETE)) {
                page.see("[data-code='" + ended.code() + "']").click();
                page.see("#reason").sendKeys("still in use by the checkout");
                page.see("#reject").click();
                page.see("#detail .box.rejected");
                shoot(page, "rejected");
                page.see("[data-code='" + second.code() + "']");
                page.see("[data-code='" + held.code() + "']").click();
                page.see("#approve");
                page.see("#detail", "alice on shop");
                shoot(page, "page");
                page.dark(true);
                page.size(1280, 760);
                shoot(page, "page-dark");
                page.see("#approve").click();
                shoot(page, "sure");
                page.see("#sure .quiet").click();
                page.dark(false);
                page.size(390, 844);
                shoot(page, "page-phone");
                page.run("scrollTo(0, 9999)");
                shoot(page, "page-phone-end");
                page.see("#band");
                page.run("scrollTo(0, 0)");
                page.see("#back").click();
                shoot(page, "page-phone-list");
                page.size(1280, 900);
                page.see("#show-requests").click();
                page.see("[data-code='" + second.code() + "']").click();
                page.see("#reason").sendKeys("ticket 4711");
                page.see("#lasts").sendKeys("30m");
                page.see("#grant").click();
                page.see("#token");
                shoot(page, "tokens");
            }
        }
    }

    @Test
    void a_door_with_an_issuer() throws IOException {
        try (OidcPlace place = OidcPlace.withPage("localhost");
                Chromium page = new Chromium(place.page() + "/?sign-in=refused")) {
            page.see("#sign-in-oidc");
            shoot(page, "sign-in-oidc");
        }
    }

    private void shoot(Chromium page, String name) throws IOException {
        page.run("return document.fonts.ready.then(() => new Promise(done => setTimeout(done, 1800)))");
        Files.write(folder.resolve(name + ".png"), page.screenshot());
    }
}
