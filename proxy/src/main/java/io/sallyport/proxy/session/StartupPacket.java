package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sallyport.policies.analysis.SettingChange;
import io.sallyport.policies.analysis.StartupSettings;
import io.sallyport.protocol.ProtocolVersion;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.protocol.frontend.FrontendMessage;
import io.sallyport.protocol.frontend.StartupRequest;
import io.sallyport.proxy.config.ProxyConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The StartupMessage as the server gets it: the very bytes received, but where the client asks for a version above 3.2 or for options of the
 * protocol that the proxy does not know, and where the server is to see the client's address or to know what it stands for.
 *
 * @param bytes owned by the receiver
 * @param negotiation what the client has to be told of its version; null where the server does that
 */
record StartupPacket(ByteBuf bytes, @Nullable Negotiation negotiation) {
    private static final String APPLICATION_NAME = "application_name";
    private static final byte[] OPTION_PREFIX = "_pq_.".getBytes(StandardCharsets.US_ASCII);

    /**
     * @param request its bytes are taken over
     * @param config says whether something is appended to the application's name, and what {@code sallyport.environment} is
     */
    static StartupPacket of(
            StartupRequest.Startup request, SessionInfo info, ProxyConfig config, ByteBufAllocator allocator) {
        String suffix = info.serverSuffix(config);
        String environment = request.replication() ? "" : config.environment();
        List<byte[]> words = words(request.bytes());
        List<byte[]> kept = new ArrayList<>();
        List<byte[]> dropped = new ArrayList<>();
        boolean renames = !suffix.isEmpty() && !namedInOptions(request);
        byte[] application = new byte[0];
        for (int i = 0; i < words.size(); i += 2) {
            byte[] name = words.get(i);
            if (startsWith(name, OPTION_PREFIX)) {
                dropped.add(name);
            } else if (renames && new String(name, StandardCharsets.ISO_8859_1).equals(APPLICATION_NAME)) {
                application = words.get(i + 1);
            } else {
                kept.add(name);
                kept.add(words.get(i + 1));
            }
        }
        if (renames) {
            kept.add(APPLICATION_NAME.getBytes(StandardCharsets.US_ASCII));
            kept.add(named(application, suffix));
        }
        if (!environment.isEmpty()) {
            // Last of all: it wins over switches in options and over the client's own (postinit.c,
            // process_startup_options).
            kept.add(EnvironmentSetting.NAME.getBytes(StandardCharsets.US_ASCII));
            kept.add(EnvironmentSetting.value(environment));
        }
        boolean newer = request.version().minor() > ProtocolVersion.V3_2.minor();
        if (!newer && !renames && environment.isEmpty() && dropped.isEmpty()) {
            return new StartupPacket(request.bytes(), null);
        }
        ProtocolVersion version = newer ? ProtocolVersion.V3_2 : request.version();
        request.bytes().release();
        Negotiation negotiation = newer || !dropped.isEmpty() ? new Negotiation(version, dropped) : null;
        return new StartupPacket(write(allocator, version, kept), negotiation);
    }

    /** The name that the server sees: printable ASCII, as the server would make it, and with all of the suffix. */
    private static byte[] named(byte[] application, String suffix) {
        int room = Math.max(0, FrontendMessage.NAME_BYTES - suffix.length());
        byte[] name = Arrays.copyOf(application, Math.min(room, application.length));
        for (int i = 0; i < name.length; i++) {
            name[i] = name[i] < ' ' || name[i] == 127 ? (byte) '?' : name[i];
        }
        return (new String(name, StandardCharsets.US_ASCII) + suffix).strip().getBytes(StandardCharsets.US_ASCII);
    }

    /** There it is a switch, which a parameter of ours would overrule; a client that does both means the parameter. */
    private static boolean namedInOptions(StartupRequest.Startup request) {
        return !request.parameters().containsKey(APPLICATION_NAME)
                && StartupSettings.of(request.parameters()).stream()
                        .map(SettingChange::name)
                        .anyMatch(APPLICATION_NAME::equals);
    }

    /** Names and values in turn, up to the empty name; the decoder has checked them. */
    private static List<byte[]> words(ByteBuf packet) {
        WireReader reader = new WireReader(packet, packet.readerIndex() + 8, packet.writerIndex());
        List<byte[]> words = new ArrayList<>();
        for (byte[] name = reader.cstringBytes(); name.length > 0; name = reader.cstringBytes()) {
            words.add(name);
            words.add(reader.cstringBytes());
        }
        return words;
    }

    private static ByteBuf write(ByteBufAllocator allocator, ProtocolVersion version, List<byte[]> words) {
        ByteBuf out = allocator.buffer(512).writeInt(0).writeInt(version.word());
        words.forEach(word -> out.writeBytes(word).writeByte(0));
        out.writeByte(0);
        return out.setInt(0, out.readableBytes());
    }

    private static boolean startsWith(byte[] name, byte[] prefix) {
        return name.length >= prefix.length && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length);
    }
}
