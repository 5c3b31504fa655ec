package io.sallyport.proxy.it.evasion;

import io.sallyport.proxy.it.wire.Body;
import io.sallyport.proxy.it.wire.Frontend;
import java.nio.charset.StandardCharsets;

/** The messages that the attacks on the wire repeat. */
final class Wire {
    static final byte[] SYNC = Frontend.sync();
    static final byte[] FLUSH = Frontend.flush();
    static final byte[] BIND = Frontend.bind("", "");
    static final byte[] EXECUTE = Frontend.execute("", 0);

    private Wire() {}

    static byte[] parse(String sql) {
        return Frontend.parse("", sql);
    }

    /** Parse, Bind and Execute of the unnamed statement. */
    static byte[] runs(String sql) {
        return Frontend.join(parse(sql), BIND, EXECUTE);
    }

    /** A tagged message with these bytes as its body, however wrong. */
    static byte[] raw(char type, String body) {
        return new Body().raw(body.getBytes(StandardCharsets.UTF_8)).message(type);
    }
}
