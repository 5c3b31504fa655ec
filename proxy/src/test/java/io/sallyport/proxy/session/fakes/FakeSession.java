package io.sallyport.proxy.session.fakes;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.ProtocolVersion;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frame.FrameChunk;
import io.sallyport.protocol.frame.FrameDecoder;
import io.sallyport.protocol.frame.FrameSink;
import io.sallyport.protocol.frontend.FrameLimits;
import io.sallyport.protocol.frontend.StartupRequest;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.session.Session;
import java.util.List;
import java.util.Map;

/** A session between a fake client and a fake server. */
public final class FakeSession implements FrameSink {
    public final FakeClient client;
    public final FakeUpstream upstream;
    public final Session session;

    private final Stage stage;
    private final FrameDecoder decoder;
    private int connects;

    public FakeSession(Stage stage) {
        this(stage, "10.0.0.1:5000");
    }

    /** @param address as the session is told of it */
    public FakeSession(Stage stage, String address) {
        this.stage = stage;
        this.client = new FakeClient(stage.allocator);
        this.upstream = new FakeUpstream(stage.allocator);
        this.decoder = new FrameDecoder(new FrameLimits(1 << 20), stage.allocator, this);
        this.session = new Session(stage.services(), stage.loop, client, address, asking -> connects++);
    }

    /** A session that the server has let in, idle; what was said until then is forgotten. */
    public static FakeSession of(Stage stage, String user) {
        FakeSession fake = new FakeSession(stage);
        fake.startUp(user);
        fake.connect();
        fake.server(Server.AUTHENTICATION_OK, Server.key(4711, 1), Server.ready('I'));
        fake.client.takeBytes();
        fake.upstream.takeBytes();
        return fake;
    }

    public void startUp(String user) {
        startUp(Map.of("user", user, "database", "shop", "application_name", "psql"));
    }

    public void startUp(Map<String, String> parameters) {
        byte[] packet = Frontend.startup(Frontend.PROTOCOL_3_0, "user", parameters.getOrDefault("user", ""));
        session.startup(new StartupRequest.Startup(ProtocolVersion.V3_0, parameters, buffer(packet)));
    }

    /** The server takes the connection that was asked for. */
    public void connect() {
        session.upstreamConnected(upstream);
    }

    public int connects() {
        return connects;
    }

    /** The client sends these in one go. */
    public FakeSession sends(byte[]... messages) {
        try {
            decoder.feed(buffer(Frontend.join(messages)));
        } catch (ProtocolViolation violation) {
            session.clientUnreadable(violation);
        }
        session.flush();
        stage.loop.runTasks();
        return this;
    }

    public FakeSession query(String sql) {
        return sends(Frontend.query(sql));
    }

    /** The server sends these in one go. */
    public FakeSession server(byte[]... messages) {
        session.upstreamBytes(buffer(Frontend.join(messages)));
        session.upstreamReadComplete();
        stage.loop.runTasks();
        return this;
    }

    /** What reached the server since the last call. */
    public List<String> toServer() {
        return upstream.take();
    }

    /** What reached the client since the last call, without notices. */
    public List<String> toClient() {
        return client.takeReplies();
    }

    @Override
    public void frame(Frame frame) {
        session.clientPiece(frame);
    }

    @Override
    public void chunk(FrameChunk chunk) {
        session.clientPiece(chunk);
    }

    private ByteBuf buffer(byte[] bytes) {
        return stage.allocator.buffer(Math.max(1, bytes.length)).writeBytes(bytes);
    }
}
