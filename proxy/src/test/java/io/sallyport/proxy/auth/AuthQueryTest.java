package io.sallyport.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.proxy.config.AuthSettings;
import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.config.UpstreamTlsSettings;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server that is none may learn of the role that looks verifiers up. */
final class AuthQueryTest {
    private static final byte[] ASKS_CLEARTEXT = {'R', 0, 0, 0, 8, 0, 0, 0, 3};

    @TempDir
    Path folder;

    /** The name is loopback's, and not known as such: it stands for a far server. */
    @Test
    void the_password_is_told_to_no_far_server_that_nobody_verified() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "opens every role");
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> told = CompletableFuture.supplyAsync(() -> firstByteAfterTheQuestion(listener));
            AuthQuery query = new AuthQuery(
                    new AuthSettings(
                            AuthSettings.Mode.TERMINATE,
                            null,
                            AuthSettings.DEFAULT_QUERY,
                            "gatekeeper",
                            password,
                            "postgres",
                            null,
                            4096,
                            false,
                            Duration.ZERO),
                    new HostAndPort("127.1", listener.getLocalPort()),
                    UpstreamTlsSettings.DISABLED,
                    Clock.systemUTC());
            assertThatThrownBy(() -> query.find("alice")).isInstanceOf(LookupFailedException.class);
            assertThat(told.join()).isNotEqualTo((int) 'p');
        }
    }

    private static int firstByteAfterTheQuestion(ServerSocket listener) {
        try (Socket socket = listener.accept();
                DataInputStream in = new DataInputStream(socket.getInputStream())) {
            in.skipNBytes(in.readInt() - 4L);
            socket.getOutputStream().write(ASKS_CLEARTEXT);
            return in.read();
        } catch (IOException gone) {
            return -1;
        }
    }
}
