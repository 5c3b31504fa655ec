package io.sallyport.proxy.it.hostile;

import io.sallyport.proxy.it.wire.Body;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/** A server that answers one client: a login, then for every Query the same prepared bytes. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listener;
    private final byte[] login;
    private final byte[] answer;
    private final CompletableFuture<Void> conversation;

    ScriptedServer(byte[] login, byte[] answer) throws IOException {
        this.login = login;
        this.answer = answer;
        this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        this.conversation = CompletableFuture.runAsync(this::converse);
    }

    /** AuthenticationOk, no BackendKeyData, ReadyForQuery. */
    static byte[] plainLogin() {
        return new Body()
                .raw(new Body().int32(0).message('R'))
                .raw(new Body().int8('I').message('Z'))
                .bytes();
    }

    int port() {
        return listener.getLocalPort();
    }

    private void converse() {
        try (Socket socket = listener.accept();
                DataInputStream in = new DataInputStream(socket.getInputStream())) {
            in.skipNBytes(in.readInt() - 4L);
            socket.getOutputStream().write(login);
            while (true) {
                int type = in.read();
                if (type < 0 || type == 'X') {
                    return;
                }
                in.skipNBytes(in.readInt() - 4L);
                socket.getOutputStream().write(answer);
            }
        } catch (IOException e) {
            // The test closed the listener or the proxy its connection: the conversation is over either way.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        conversation.join();
    }
}
