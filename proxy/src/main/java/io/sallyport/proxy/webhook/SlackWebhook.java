package io.sallyport.proxy.webhook;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** An incoming webhook of Slack: a message for each event, none of which can be changed later. */
final class SlackWebhook implements Receiver {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Http http;
    private final Supplier<URI> url;
    private final Surroundings surroundings;
    private final boolean statement;
    private String lastAnswer = "";

    SlackWebhook(Http http, Supplier<URI> url, Surroundings surroundings, boolean statement) {
        this.http = http;
        this.url = url;
        this.surroundings = surroundings;
        this.statement = statement;
    }

    @Override
    public Outcome tell(Delivery delivery) throws IOException, InterruptedException {
        byte[] body = JSON.writeValueAsString(new SlackMessage(delivery.news(), surroundings, statement).fields())
                .getBytes(StandardCharsets.UTF_8);
        Answer answer = http.post(url.get(), Map.of(), body);
        lastAnswer = answer.body();
        return Outcome.of(answer);
    }

    @Override
    public String lastAnswer() {
        return lastAnswer;
    }
}
