package io.sallyport.proxy.it.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sallyport.proxy.it.wire.Body;

/** Messages whose text goes out one byte a character, so that a test can write any bytes. */
final class Latin1 {
    private Latin1() {}

    static byte[] query(String sql) {
        return string(new Body(), sql).message('Q');
    }

    static byte[] parse(String name, String sql) {
        return string(string(new Body(), name), sql).int16(0).message('P');
    }

    static byte[] bind(String portal, String statement) {
        return string(string(new Body(), portal), statement)
                .int16(0)
                .int16(0)
                .int16(0)
                .message('B');
    }

    static byte[] closeStatement(String name) {
        return string(new Body().int8('S'), name).message('C');
    }

    private static Body string(Body body, String text) {
        return body.raw(text.getBytes(ISO_8859_1)).int8(0);
    }
}
