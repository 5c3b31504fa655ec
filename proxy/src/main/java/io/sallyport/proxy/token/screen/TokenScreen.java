package io.sallyport.proxy.token.screen;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frontend.FrontendMessage;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.token.TokenSecret;
import java.util.List;
import java.util.Objects;

/** Screens the client's messages: nearly all of them at the cost of one look at each byte. */
public final class TokenScreen {
    /** {@code spt-} and {@code ypor}, of sallyport: one of the two is in everything that has to do with tokens. */
    private static final int SECRET = 0x7370742d;

    private static final int NAME = 0x79706f72;

    private TokenScreen() {}

    /** Stops at what may concern tokens; letters of either case. */
    private static final class Hunt implements ByteProcessor {
        private int window;

        @Override
        public boolean process(byte value) {
            window = (window << 8) | ((value & 0xff) | 0x20);
            return window != SECRET && window != NAME;
        }
    }

    private static boolean concerns(Frame frame) {
        ByteBuf bytes = frame.bytes();
        return bytes.forEachByte(bytes.readerIndex(), bytes.readableBytes(), new Hunt()) >= 0;
    }

    /**
     * Blanks tokens in the message, in place.
     *
     * @return what was found; of a Bind, a token that is good where its statement presents one
     * @throws ProtocolViolation where the message cannot be read
     */
    public static Screening blank(Frame frame, LexerSettings settings) {
        return switch (Objects.requireNonNull(FrontendTag.of(frame.tag()))) {
            case QUERY -> concerns(frame) ? query(frame, settings) : Screening.NOTHING;
            case PARSE -> concerns(frame) ? parse(frame, settings) : Screening.NOTHING;
            case BIND -> concerns(frame) ? bind(frame) : Screening.NOTHING;
            case FUNCTION_CALL -> concerns(frame) ? other(frame, Screening.NOTHING) : Screening.NOTHING;
            case DESCRIBE, EXECUTE, CLOSE, SYNC, FLUSH, TERMINATE, PASSWORD, COPY_DATA, COPY_DONE, COPY_FAIL ->
                Screening.NOTHING;
        };
    }

    private static Screening query(Frame frame, LexerSettings settings) {
        return text(frame, FrontendMessage.Query.of(frame).text(), 0, settings);
    }

    private static Screening parse(Frame frame, LexerSettings settings) {
        FrontendMessage.Parse parse = FrontendMessage.Parse.of(frame);
        ByteBuf bytes = frame.bytes();
        int name = bytes.bytesBefore(bytes.readerIndex() + Frame.HEADER, frame.length() - Frame.HEADER, (byte) 0);
        return other(frame, text(frame, parse.text(), name + 1, settings));
    }

    /** @param offset of the text in the body */
    private static Screening text(Frame frame, byte[] text, int offset, LexerSettings settings) {
        Screening found = TextScreen.blank(text, settings);
        frame.bytes().setBytes(frame.bytes().readerIndex() + Frame.HEADER + offset, text);
        return found;
    }

    private static Screening bind(Frame frame) {
        List<TokenSecret> found = blank(frame);
        if (found.size() > 1) {
            return new Screening(null, null, false, Screening.Problem.MISPLACED);
        }
        return found.isEmpty() ? Screening.NOTHING : new Screening(found.get(0), null, false, null);
    }

    /** A token is in none of these for a purpose. */
    private static Screening other(Frame frame, Screening otherwise) {
        return blank(frame).isEmpty() || otherwise.problem() != null
                ? otherwise
                : new Screening(null, null, false, Screening.Problem.MISPLACED);
    }

    private static List<TokenSecret> blank(Frame frame) {
        byte[] all = new byte[frame.length()];
        frame.bytes().getBytes(frame.bytes().readerIndex(), all);
        List<TokenSecret> found = TokenHunt.blank(all);
        if (!found.isEmpty()) {
            frame.bytes().setBytes(frame.bytes().readerIndex(), all);
        }
        return found;
    }
}
