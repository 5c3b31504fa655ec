package io.sallyport.proxy.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.hold.HoldFixture;
import io.sallyport.proxy.hold.HoldRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SlackMessageTest {
    private static final Surroundings PRODUCTION = new Surroundings("production", "https://sallyport.example");

    private static JsonNode message(String sql, String... summaries) {
        return message(HoldFixture.of(sql, List.of(), List.of(summaries)), PRODUCTION, true);
    }

    private static JsonNode message(HoldRequest request, Surroundings surroundings, boolean statement) {
        Map<String, Object> fields = new SlackMessage(JsonBodyTest.opened(request), surroundings, statement).fields();
        return JsonMapper.shared().valueToTree(fields);
    }

    private static JsonNode block(JsonNode message, int place) {
        return message.path("blocks").get(place);
    }

    @Test
    void the_header_names_the_environment_and_a_button_leads_to_the_page() {
        JsonNode message = message("DELETE FROM users");
        assertThat(block(message, 0).path("text").path("text").asString())
                .isEqualTo("PRODUCTION: alice waits for a second person");
        JsonNode button = block(message, 5).path("elements").get(0);
        assertThat(button.path("url").asString()).matches("https://sallyport\\.example/#[A-Z0-9]{4}-[A-Z0-9]{4}");
        assertThat(message.path("text").asString()).startsWith("PRODUCTION: alice waits");
    }

    @Test
    void without_a_page_there_is_no_button() {
        JsonNode message = message(HoldFixture.REQUEST, new Surroundings("", ""), true);
        assertThat(message.toString()).doesNotContain("button").contains("SALLYPORT SHOW");
    }

    @Test
    void sql_mentions_nobody_and_links_nowhere() {
        String sql = "DELETE FROM users WHERE name = '<!channel> <@U123> <http|fine> &'";
        JsonNode message = message(sql, "DELETE on <!here>");
        String text = block(message, 3).path("text").path("text").asString();
        assertThat(text)
                .contains("&lt;!channel&gt; &lt;@U123&gt; &lt;http|fine&gt; &amp;")
                .startsWith("```\n")
                .endsWith("\n```");
        assertThat(message.toString()).doesNotContain("<!channel>", "<!here>", "<@U123>", "<http");
        assertThat(block(message, 3).path("text").path("verbatim").asBoolean()).isTrue();
    }

    @Test
    void sql_stays_in_its_frame_and_cannot_reorder_what_is_read() {
        String text = block(message("DELETE FROM users -- ``` *bold* \u202e \u0000 \n WHERE `x`"), 3)
                .path("text")
                .path("text")
                .asString();
        assertThat(text.substring(4, text.length() - 4))
                .doesNotContain("``", "\u202e", "\u0000")
                .contains("\n WHERE");
    }

    @Test
    void every_text_keeps_slacks_limits_whatever_is_in_it() {
        JsonNode message =
                message("&".repeat(20_000), "<".repeat(5_000), "x".repeat(5_000), "y", "z", "&".repeat(900), "q");
        message.path("blocks")
                .forEach(block -> assertThat(block.path("text").path("text").asString(""))
                        .hasSizeLessThan(block.path("type").asString().equals("header") ? 151 : 3_001)
                        .doesNotContain("&am ", "&lt …"));
        block(message, 1)
                .path("fields")
                .forEach(field -> assertThat(field.path("text").asString()).hasSizeLessThan(2_001));
    }

    @Test
    void the_statement_is_left_out_where_that_is_asked_for() {
        assertThat(message(HoldFixture.of("DELETE FROM secret_plans", List.of(), List.of()), PRODUCTION, false)
                        .toString())
                .doesNotContain("secret_plans");
    }
}
