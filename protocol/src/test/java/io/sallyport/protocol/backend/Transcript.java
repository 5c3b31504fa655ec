package io.sallyport.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.protocol.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A listener that wants and does what a test says, and writes down what it saw and what went out. */
final class Transcript implements ReplyListener {
    private final Map<Byte, Interest> interests = new HashMap<>();
    private final Map<Byte, Fate> fates = new HashMap<>();
    private final Bytes out = new Bytes();
    final List<String> observed = new ArrayList<>();
    int largestRun;

    Transcript on(char tag, Interest interest, Fate fate) {
        interests.put((byte) tag, interest);
        fates.put((byte) tag, fate);
        return this;
    }

    byte[] out() {
        return out.array();
    }

    @Override
    public Interest interest(byte tag) {
        return interests.getOrDefault(tag, Interest.NONE);
    }

    @Override
    public Fate observed(byte tag, @Nullable WireReader body) {
        String text = body == null
                ? "unread"
                : new String(body.bytes(body.remaining()), StandardCharsets.ISO_8859_1).replace('\0', '|');
        observed.add((char) tag + " " + text);
        return fates.getOrDefault(tag, Fate.RELAY);
    }

    @Override
    public void replace(byte tag) {
        out.text("<" + (char) tag + " replaced>");
    }

    @Override
    public void relay(ByteBuf run) {
        largestRun = Math.max(largestRun, run.readableBytes());
        out.raw(Bytes.take(run));
    }
}
