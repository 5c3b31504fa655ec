package io.sallyport.proxy.webhook;

import io.sallyport.proxy.audit.SecretMask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** News as a message of Slack's Block Kit. Slack's limits: 150 characters in a header, 3000 in a section, 2000 in a field. */
final class SlackMessage {
    private static final int HEADER = 140;
    private static final int SECTION = 2_900;
    private static final int FIELD = 300;

    private final HoldNews news;
    private final Surroundings surroundings;
    private final boolean statement;

    SlackMessage(HoldNews news, Surroundings surroundings, boolean statement) {
        this.news = news;
        this.surroundings = surroundings;
        this.statement = statement;
    }

    /** The fields of a message; where it goes is the caller's to add. */
    Map<String, Object> fields() {
        List<Object> blocks = new ArrayList<>();
        String headline = headline();
        blocks.add(Map.of("type", "header", "text", plain(headline)));
        blocks.add(Map.of("type", "section", "fields", facts()));
        blocks.add(section(why()));
        if (statement) {
            blocks.add(section("```\n" + SlackText.escaped(SecretMask.mask(news.statement()), SECTION - 10) + "\n```"));
        }
        blocks.add(Map.of("type", "context", "elements", List.of(marked(standing()))));
        String link = surroundings.link(news.code());
        if (isOpen() && !link.isEmpty()) {
            Map<String, Object> button =
                    Map.of("type", "button", "text", plain("Open " + news.code()), "url", link, "style", "primary");
            blocks.add(Map.of("type", "actions", "elements", List.of(button)));
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("text", headline + " (" + news.code() + ")");
        message.put("blocks", blocks);
        message.put("unfurl_links", false);
        message.put("unfurl_media", false);
        return message;
    }

    private boolean isOpen() {
        return news.endedAt() == null;
    }

    private String headline() {
        String environment = surroundings.environment().isEmpty() ? "Sallyport" : surroundings.environment();
        String by = news.endedBy() == null ? "" : " by " + news.endedBy();
        String what = switch (news.event()) {
            case HOLD_OPENED, HOLD_VOTED -> news.requester() + " waits for a second person";
            case HOLD_ENDED -> news.code() + " " + news.state().replace('_', ' ') + by;
            case BREAK_GLASS -> "BREAK-GLASS" + by + ", with nobody's approval";
            case TEST -> "a test, nothing is held";
        };
        return SlackText.line(environment.toUpperCase(Locale.ROOT) + ": " + what, HEADER);
    }

    private List<Object> facts() {
        return List.of(
                fact("Requester", news.requester()),
                fact("Database", news.database()),
                fact("Address", news.client()),
                fact("Application", SecretMask.mask(news.application())),
                fact("Code", news.code()),
                marked("*" + (isOpen() ? "Expires" : "Ended") + "*\n"
                        + time(isOpen() || news.endedAt() == null ? news.expiresAt() : news.endedAt())));
    }

    private Map<String, Object> fact(String name, String value) {
        return marked("*" + name + "*\n" + (value.isBlank() ? "-" : "`" + SlackText.line(value, FIELD) + "`"));
    }

    private String why() {
        List<String> lines = new ArrayList<>();
        lines.add("*Rule* `" + SlackText.line(news.rule(), FIELD) + "`"
                + (news.message().isEmpty() ? "" : ": " + SlackText.line(news.message(), FIELD)));
        JsonBody.masked(news.why()).stream().limit(5).forEach(line -> lines.add("• " + SlackText.line(line, FIELD)));
        if (!news.requesterReason().isEmpty()) {
            lines.add("*Requester's reason* " + SlackText.line(SecretMask.mask(news.requesterReason()), FIELD));
        }
        if (!news.reason().isEmpty()) {
            lines.add("*Reason* " + SlackText.line(SecretMask.mask(news.reason()), FIELD));
        }
        return String.join("\n", lines);
    }

    private String standing() {
        String approvedBy = String.join(", ", news.approvedBy());
        if (!isOpen()) {
            return SlackText.line(
                    news.state().equals("approved") ? "approved by " + approvedBy : "it waits no more", SECTION);
        }
        return SlackText.line(
                news.progress() + " approved" + (approvedBy.isEmpty() ? "" : ", by " + approvedBy) + "; missing: "
                        + String.join(", ", news.missing()) + ". In psql: SALLYPORT SHOW " + news.code(),
                SECTION);
    }

    /** In the reader's own time zone. */
    private static String time(Instant at) {
        return "<!date^" + at.getEpochSecond() + "^{date_short_pretty} {time_secs}|" + at + ">";
    }

    private static Map<String, Object> section(String text) {
        return Map.of("type", "section", "text", marked(text));
    }

    /** Verbatim: Slack looks for no names, addresses or channels in it by itself. */
    private static Map<String, Object> marked(String text) {
        return Map.of("type", "mrkdwn", "text", text, "verbatim", true);
    }

    private static Map<String, Object> plain(String text) {
        return Map.of("type", "plain_text", "text", text, "emoji", false);
    }
}
