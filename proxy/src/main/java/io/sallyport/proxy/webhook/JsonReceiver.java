package io.sallyport.proxy.webhook;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/** Takes signed JSON. */
final class JsonReceiver implements Receiver {
    private final Http http;
    private final Supplier<URI> url;
    private final Supplier<byte[]> key;
    private final Surroundings surroundings;
    private final boolean statement;
    private final Clock clock;
    private String lastAnswer = "";

    JsonReceiver(
            Http http,
            Supplier<URI> url,
            Supplier<byte[]> key,
            Surroundings surroundings,
            boolean statement,
            Clock clock) {
        this.http = http;
        this.url = url;
        this.key = key;
        this.surroundings = surroundings;
        this.statement = statement;
        this.clock = clock;
    }

    /** Every attempt is signed anew: a receiver refuses an old time. */
    @Override
    public Outcome tell(Delivery delivery) throws IOException, InterruptedException {
        byte[] body = JsonBody.of(delivery.id(), delivery.news(), surroundings, statement);
        Map<String, String> headers = Map.of(
                "Sallyport-Event",
                delivery.news().event().label(),
                "Sallyport-Delivery",
                delivery.id(),
                Signature.HEADER,
                Signature.of(key.get(), clock.instant().getEpochSecond(), body));
        Answer answer = http.post(url.get(), headers, body);
        lastAnswer = answer.body();
        return Outcome.of(answer);
    }

    @Override
    public String lastAnswer() {
        return lastAnswer;
    }
}
