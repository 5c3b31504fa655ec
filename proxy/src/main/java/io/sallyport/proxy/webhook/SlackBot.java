package io.sallyport.proxy.webhook;

import io.sallyport.proxy.config.WebhookEvent;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bot of Slack: one message a hold, changed as votes come and when it ends; break-glass is a message of its own. */
final class SlackBot implements Receiver {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_REMEMBERED = 2_000;

    /** Errors of Slack's API that pass by themselves. */
    private static final Set<String> PASSING = Set.of(
            "ratelimited",
            "rate_limited",
            "internal_error",
            "fatal_error",
            "service_unavailable",
            "request_timeout",
            "team_added_to_org");

    /** What `chat.update` answers where the message is gone, or not to be changed any more. */
    private static final Set<String> UNCHANGEABLE =
            Set.of("message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found");

    /** A message as Slack knows it. */
    private record Posted(String channel, String ts) {}

    private final Http http;
    private final URI api;
    private final Supplier<String> token;
    private final String channel;
    private final Surroundings surroundings;
    private final boolean statement;
    private final Map<String, Posted> posted = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Posted> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };
    private String lastAnswer = "";

    /** @param api the base of Slack's API, without a slash at its end */
    SlackBot(Http http, URI api, Supplier<String> token, String channel, Surroundings surroundings, boolean statement) {
        this.http = http;
        this.api = api;
        this.token = token;
        this.channel = channel;
        this.surroundings = surroundings;
        this.statement = statement;
    }

    @Override
    public Outcome tell(Delivery delivery) throws IOException, InterruptedException {
        HoldNews news = delivery.news();
        Map<String, Object> message = new SlackMessage(news, surroundings, statement).fields();
        Posted before = news.event() == WebhookEvent.BREAK_GLASS ? null : posted.get(news.code());
        Outcome outcome = before == null ? post(news, message) : change(news, before, message);
        if (news.event() == WebhookEvent.HOLD_ENDED && outcome.kind() == Outcome.Kind.TAKEN) {
            posted.remove(news.code());
        }
        return outcome;
    }

    private Outcome post(HoldNews news, Map<String, Object> message) throws IOException, InterruptedException {
        message.put("channel", channel);
        Answer answer = call("chat.postMessage", message);
        Outcome outcome = outcome(answer);
        JsonNode said = json(answer);
        if (outcome.kind() == Outcome.Kind.TAKEN && said != null && news.event() != WebhookEvent.BREAK_GLASS) {
            posted.put(
                    news.code(),
                    new Posted(
                            said.path("channel").asString(channel),
                            said.path("ts").asString("")));
        }
        return outcome;
    }

    private Outcome change(HoldNews news, Posted before, Map<String, Object> message)
            throws IOException, InterruptedException {
        message.put("channel", before.channel());
        message.put("ts", before.ts());
        Answer answer = call("chat.update", message);
        if (UNCHANGEABLE.contains(error(json(answer)))) {
            posted.remove(news.code());
            message.remove("ts");
            return post(news, message);
        }
        return outcome(answer);
    }

    private Answer call(String method, Map<String, Object> message) throws IOException, InterruptedException {
        byte[] body = JSON.writeValueAsString(message).getBytes(StandardCharsets.UTF_8);
        Answer answer =
                http.post(URI.create(api + "/" + method), Map.of("Authorization", "Bearer " + token.get()), body);
        lastAnswer = answer.body();
        return answer;
    }

    /** Slack says what is wrong in the body of a 200. */
    private static Outcome outcome(Answer answer) {
        Outcome byStatus = Outcome.of(answer);
        if (byStatus.kind() != Outcome.Kind.TAKEN) {
            return byStatus;
        }
        JsonNode said = json(answer);
        if (said != null && said.path("ok").asBoolean(false)) {
            return byStatus;
        }
        String error = error(said);
        Outcome.Kind kind = PASSING.contains(error) ? Outcome.Kind.AGAIN : Outcome.Kind.REFUSED;
        return new Outcome(kind, "Slack: " + error, answer.retryAfter());
    }

    /** A word of Slack's, or that there is none. */
    private static String error(@Nullable JsonNode said) {
        String error = said == null ? "" : said.path("error").asString("");
        return error.matches("[a-z_]{1,60}") ? error : "not an answer of its API";
    }

    private static @Nullable JsonNode json(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException noJson) {
            return null;
        }
    }

    @Override
    public String lastAnswer() {
        return lastAnswer;
    }
}
