package io.sallyport.proxy.it.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection: sends what it is told, also nonsense, and reads what comes. */
public final class WireClient implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;
    private final OutputStream out;
    private final MessageReader reader;
    private int pieceBytes = Integer.MAX_VALUE;
    private @Nullable BackendKey key;

    private WireClient(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.reader = new MessageReader(socket);
    }

    public static WireClient connect(int port) {
        return connect(port, 0);
    }

    /** With a receive window of about so many bytes (0: the system's), to play the slow reader. */
    public static WireClient connect(int port, int receiveBuffer) {
        try {
            Socket socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setTcpNoDelay(true);
            return new WireClient(socket);
        } catch (IOException e) {
            throw new AssertionError("cannot connect to port " + port, e);
        }
    }

    /** Over a socket that was opened, and perhaps encrypted, elsewhere. */
    public static WireClient over(Socket socket) {
        try {
            return new WireClient(socket);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static WireClient login(int port, String user, String database) {
        WireClient client = connect(port);
        client.login(user, database, "");
        return client;
    }

    /** From now on every write carries at most so many bytes. */
    public WireClient inPiecesOf(int bytes) {
        pieceBytes = bytes;
        return this;
    }

    public List<ServerMessage> login(String user, String database, String password) {
        send(Frontend.startup(Frontend.PROTOCOL_3_0, "user", user, "database", database));
        return authenticate(user, password);
    }

    /** Answers what the server asks up to the first ReadyForQuery; an ErrorResponse is a failure. */
    public List<ServerMessage> authenticate(String user, String password) {
        List<ServerMessage> seen = new Authentication(this, user, password).run();
        ServerMessage last = seen.get(seen.size() - 1);
        if (last.type() != 'Z') {
            throw new AssertionError("login as " + user + " failed: " + seen);
        }
        return seen;
    }

    /** The same, but a refusal is an answer as good as any. */
    public List<ServerMessage> tryToAuthenticate(String user, String password) {
        return new Authentication(this, user, password).run();
    }

    void remember(BackendKey backendKey) {
        key = backendKey;
    }

    public BackendKey key() {
        if (key == null) {
            throw new AssertionError("the server sent no BackendKeyData");
        }
        return key;
    }

    public void send(byte[]... messages) {
        byte[] all = Frontend.join(messages);
        try {
            for (int at = 0; at < all.length; at += Math.min(pieceBytes, all.length - at)) {
                out.write(Arrays.copyOfRange(all, at, at + Math.min(pieceBytes, all.length - at)));
                out.flush();
            }
        } catch (IOException e) {
            throw new SendFailed(e);
        }
    }

    /** The next message, or a failure after {@link #PATIENCE}. */
    public ServerMessage read() {
        ServerMessage message = poll(PATIENCE);
        if (message == null) {
            throw new AssertionError("no message within " + PATIENCE);
        }
        return message;
    }

    public @Nullable ServerMessage poll(Duration timeout) {
        try {
            ServerMessage message = reader.poll(timeout);
            if (message != null && message.type() == 'K') {
                BodyReader body = message.read();
                remember(new BackendKey(body.int32(), body.rest()));
            }
            return message;
        } catch (IOException e) {
            throw new AssertionError("cannot read", e);
        }
    }

    public int readByte() {
        try {
            return reader.single(PATIENCE);
        } catch (IOException e) {
            throw new AssertionError("cannot read", e);
        }
    }

    public List<ServerMessage> readUntilReady() {
        return readUntil('Z');
    }

    /** Up to and with the first message of this type; the connection's end in between is a failure. */
    public List<ServerMessage> readUntil(char type) {
        List<ServerMessage> messages = new ArrayList<>();
        while (messages.isEmpty() || messages.get(messages.size() - 1).type() != type) {
            ServerMessage message = read();
            messages.add(message);
            if (message.isEnd() && type != ServerMessage.END) {
                throw new AssertionError("connection ended before '" + type + "': " + messages);
            }
        }
        return messages;
    }

    public List<ServerMessage> query(String sql) {
        send(Frontend.query(sql));
        return readUntilReady();
    }

    /** Sends FIN and goes on reading. */
    public void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new SendFailed(e);
        }
    }

    /** Closes with RST: a linger of zero throws away what is unsent. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            throw new SendFailed(e);
        }
        close();
    }

    public int localPort() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError("cannot close", e);
        }
    }
}
