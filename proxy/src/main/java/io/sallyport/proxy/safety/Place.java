package io.sallyport.proxy.safety;

import io.sallyport.proxy.config.SmallFile;
import io.sallyport.proxy.fetch.BoundedBody;
import io.sallyport.proxy.tls.Authority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A file, or a web address; at most 4 MiB of it, and soon. */
interface Place {
    byte[] read() throws IOException;

    /**
     * @param location a file path, or an address with http or https
     * @param ca who signs its certificate; null takes those whom Java trusts
     */
    static Place of(String location, @Nullable Path ca, Duration timeout) {
        if (!location.startsWith("http://") && !location.startsWith("https://")) {
            Path file = Path.of(location);
            return () -> {
                try {
                    return SmallFile.read(file);
                } catch (IOException why) {
                    throw new IOException(file + " " + why.getMessage(), why);
                }
            };
        }
        return new Address(URI.create(location), ca, timeout);
    }

    /** One GET; no redirects: what is read decides whether a batch runs. */
    final class Address implements Place {
        private static final int LARGEST = 4 << 20;

        private final URI address;
        private final @Nullable Path ca;
        private final Duration timeout;
        private @Nullable HttpClient client;

        Address(URI address, @Nullable Path ca, Duration timeout) {
            this.address = address;
            this.ca = ca;
            this.timeout = timeout;
        }

        /** Made when it is first needed: the file of the authority may be late. */
        private synchronized HttpClient client() throws IOException {
            HttpClient known = client;
            if (known == null) {
                HttpClient.Builder builder = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(timeout);
                if (ca != null) {
                    builder.sslContext(Authority.of(ca));
                }
                known = builder.build();
                client = known;
            }
            return known;
        }

        @Override
        public byte[] read() throws IOException {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("Accept", "application/json")
                    .header("User-Agent", "Sallyport")
                    .build();
            // The client's own timeout would end with the answer's head: a body that trickles must not hold a thread.
            CompletableFuture<HttpResponse<byte[]>> coming =
                    client().sendAsync(request, head -> new BoundedBody(LARGEST));
            try {
                HttpResponse<byte[]> response = coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
                if (response.statusCode() != 200) {
                    throw new IOException(address + " answers " + response.statusCode());
                }
                return response.body();
            } catch (TimeoutException late) {
                throw new IOException(address + " did not answer within " + timeout.toMillis() + " ms", late);
            } catch (ExecutionException failed) {
                throw new IOException(address + " cannot be asked: " + failed.getCause(), failed);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", hurried);
            } finally {
                coming.cancel(true);
            }
        }
    }
}
