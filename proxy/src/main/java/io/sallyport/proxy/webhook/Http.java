package io.sallyport.proxy.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Sends one body and waits for the answer, both within a time and a size. */
final class Http {
    private static final int LONGEST_ANSWER = 64 << 10;

    private final HttpClient client;
    private final Duration timeout;
    private final Clock clock;

    /**
     * @param trust whom to believe that they are the receiver; null takes those whom Java trusts
     * @param timeout of all of it: connection, request, answer with its body
     */
    Http(@Nullable SSLContext trust, Duration timeout, Clock clock) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                // What is held, and the signature, go to the named place alone.
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout);
        this.client = (trust == null ? builder : builder.sslContext(trust)).build();
        this.timeout = timeout;
        this.clock = clock;
    }

    Answer post(URI url, Map<String, String> headers, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("User-Agent", "Sallyport")
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request.build(), info -> new BoundedBody(LONGEST_ANSWER));
        try {
            return answer(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException tooLate) {
            throw new HttpTimeoutException("no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException io ? io : new IOException(failed.getCause());
        } finally {
            // Ends the exchange, where it has not ended.
            answer.cancel(true);
        }
    }

    private Answer answer(HttpResponse<byte[]> response) {
        Duration wait = response.headers()
                .firstValue("Retry-After")
                .map(value -> Answer.retryAfter(value, clock))
                .orElse(null);
        return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), wait);
    }
}
