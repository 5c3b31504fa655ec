package io.sallyport.proxy.oidc;

import io.sallyport.proxy.config.OidcSettings;
import io.sallyport.proxy.fetch.BoundedBody;
import io.sallyport.proxy.tls.Authority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks the issuer; small answers only, soon, and from nowhere else than what was asked. */
final class IssuerHttp {
    private static final int LARGEST = 512 << 10;

    /** What was answered. */
    record Answer(int status, String body) {
        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }

    private final HttpClient client;
    private final Duration patience;

    /** @param patience for one answer, whole */
    private IssuerHttp(HttpClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    /** @throws IOException when the file of the authority cannot be used */
    static IssuerHttp open(OidcSettings settings, Duration patience) throws IOException {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience);
        if (settings.ca() != null) {
            try {
                builder.sslContext(Authority.of(settings.ca()));
            } catch (IOException why) {
                throw new IOException("oidc.ca: " + settings.ca() + " " + why.getMessage(), why);
            }
        }
        return new IssuerHttp(builder.build(), patience);
    }

    String get(URI address) throws IOException {
        Answer answer = send(HttpRequest.newBuilder(address).GET());
        if (answer.status() != 200) {
            throw new IOException(address + " answers " + answer.status());
        }
        return answer.body();
    }

    /** @param authorization the header's value; null without */
    Answer post(URI address, String form, @Nullable String authorization) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        return send(authorization == null ? request : request.header("Authorization", authorization));
    }

    /** The client's own timeout would end with the answer's head: a body that trickles must not hold a thread. */
    private Answer send(HttpRequest.Builder building) throws IOException {
        HttpRequest request = building.header("Accept", "application/json").build();
        CompletableFuture<HttpResponse<byte[]>> coming = client.sendAsync(request, head -> new BoundedBody(LARGEST));
        try {
            HttpResponse<byte[]> response = coming.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException late) {
            throw new IOException(request.uri() + " did not answer within " + patience.toMillis() + " ms", late);
        } catch (ExecutionException failed) {
            throw new IOException(request.uri() + " cannot be asked: " + failed.getCause(), failed);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", hurried);
        } finally {
            coming.cancel(true);
        }
    }
}
