package io.sallyport.proxy.token.screen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.protocol.frontend.StartupRequest;
import io.sallyport.proxy.token.TokenSecret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token in the start-up packet, as {@code options} or as a parameter of its own, is taken out before anything else reads the packet; all other
 * bytes stay as they are.
 *
 * @param request its bytes are owned by the receiver
 * @param secret the token; null without one
 * @param problem why the session may not begin; null where all is well
 */
public record StartupToken(
        StartupRequest.Startup request, @Nullable TokenSecret secret, Screening.@Nullable Problem problem) {
    private static final String NAME = "sallyport.token";
    private static final int HEAD = 8;

    /** Takes over the request's bytes. */
    public static StartupToken take(StartupRequest.Startup request, ByteBufAllocator allocator) {
        String all = request.bytes().toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        // A backslash may stand within the name.
        if (!all.contains("token") && !all.contains(TokenSecret.PREFIX) && !all.contains("\\")) {
            return new StartupToken(request, null, null);
        }
        return new Taking(request).run(allocator);
    }

    /** One packet on its way through. */
    private static final class Taking {
        private final StartupRequest.Startup request;
        private @Nullable TokenSecret secret;
        private Screening.@Nullable Problem problem;
        private boolean changed;

        Taking(StartupRequest.Startup request) {
            this.request = request;
        }

        StartupToken run(ByteBufAllocator allocator) {
            List<byte[]> kept = new ArrayList<>();
            WireReader reader = new WireReader(
                    request.bytes(),
                    request.bytes().readerIndex() + HEAD,
                    request.bytes().writerIndex());
            for (byte[] name = reader.cstringBytes(); name.length > 0; name = reader.cstringBytes()) {
                byte[] value = reader.cstringBytes();
                String parameter = new String(name, StandardCharsets.ISO_8859_1);
                if (parameter.equalsIgnoreCase(NAME)) {
                    given(new String(value, StandardCharsets.ISO_8859_1));
                } else {
                    kept.add(name);
                    kept.add(checked(parameter.equals("options") ? options(value) : value));
                }
            }
            if (!changed) {
                return new StartupToken(request, null, problem);
            }
            ByteBuf rewritten = write(kept, allocator);
            request.bytes().release();
            return new StartupToken(
                    new StartupRequest.Startup(request.version(), parameters(kept), rewritten), secret, problem);
        }

        private void given(String value) {
            changed = true;
            secret = TokenSecret.parse(value);
            if (secret == null && !value.isBlank()) {
                problem = Screening.Problem.MALFORMED;
            }
        }

        private byte[] options(byte[] value) {
            StartupOptions.Without without =
                    StartupOptions.without(new String(value, StandardCharsets.ISO_8859_1), NAME);
            without.values().forEach(this::given);
            if (without.options().toLowerCase(Locale.ROOT).contains(NAME)) {
                // Among other switches in one word, or in another spelling.
                changed = true;
                problem = Screening.Problem.MISPLACED;
            }
            return without.values().isEmpty() ? value : without.options().getBytes(StandardCharsets.ISO_8859_1);
        }

        /** Anywhere else the server, or a log, would have it. */
        private byte[] checked(byte[] value) {
            if (!TokenHunt.blank(value.clone()).isEmpty()) {
                changed = true;
                TokenHunt.blank(value);
                problem = Screening.Problem.MISPLACED;
            }
            return value;
        }

        private ByteBuf write(List<byte[]> words, ByteBufAllocator allocator) {
            ByteBuf out = allocator.buffer(request.bytes().readableBytes());
            out.writeBytes(request.bytes(), request.bytes().readerIndex(), HEAD);
            words.forEach(word -> out.writeBytes(word).writeByte(0));
            out.writeByte(0);
            return out.setInt(0, out.readableBytes());
        }

        private static Map<String, String> parameters(List<byte[]> words) {
            Map<String, String> parameters = new LinkedHashMap<>();
            for (int i = 0; i < words.size(); i += 2) {
                parameters.put(
                        new String(words.get(i), StandardCharsets.UTF_8),
                        new String(words.get(i + 1), StandardCharsets.UTF_8));
            }
            return parameters;
        }
    }
}
