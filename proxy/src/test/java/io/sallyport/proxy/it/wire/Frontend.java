package io.sallyport.proxy.it.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Every message a frontend can send, as bytes (manual 53.7, "Message Formats"). */
public final class Frontend {
    public static final int PROTOCOL_3_0 = 3 << 16;
    private static final int CANCEL_REQUEST = 80877102;
    private static final int SSL_REQUEST = 80877103;
    private static final int GSSENC_REQUEST = 80877104;

    private Frontend() {}

    public static byte[] startup(int version, String... keysAndValues) {
        Body body = new Body().int32(version);
        for (String word : keysAndValues) {
            body.string(word);
        }
        return body.int8(0).untagged();
    }

    public static byte[] sslRequest() {
        return new Body().int32(SSL_REQUEST).untagged();
    }

    public static byte[] gssEncRequest() {
        return new Body().int32(GSSENC_REQUEST).untagged();
    }

    public static byte[] cancelRequest(BackendKey key) {
        return new Body()
                .int32(CANCEL_REQUEST)
                .int32(key.pid())
                .raw(key.secret())
                .untagged();
    }

    public static byte[] query(String sql) {
        return new Body().string(sql).message('Q');
    }

    public static byte[] parse(String name, String sql, int... types) {
        Body body = new Body().string(name).string(sql).int16(types.length);
        for (int type : types) {
            body.int32(type);
        }
        return body.message('P');
    }

    /** Text parameters and text results. */
    public static byte[] bind(String portal, String statement, String... values) {
        List<Parameter> parameters = new ArrayList<>();
        for (String value : values) {
            parameters.add(new Parameter(false, value.getBytes(StandardCharsets.UTF_8)));
        }
        return bind(portal, statement, parameters, false);
    }

    public static byte[] bind(String portal, String statement, List<Parameter> parameters, boolean binaryResults) {
        Body body = new Body().string(portal).string(statement).int16(parameters.size());
        parameters.forEach(parameter -> body.int16(parameter.binary() ? 1 : 0));
        body.int16(parameters.size());
        parameters.forEach(parameter -> parameter.writeTo(body));
        return body.int16(1).int16(binaryResults ? 1 : 0).message('B');
    }

    public static byte[] describeStatement(String name) {
        return new Body().int8('S').string(name).message('D');
    }

    public static byte[] describePortal(String name) {
        return new Body().int8('P').string(name).message('D');
    }

    public static byte[] execute(String portal, int maxRows) {
        return new Body().string(portal).int32(maxRows).message('E');
    }

    public static byte[] closeStatement(String name) {
        return new Body().int8('S').string(name).message('C');
    }

    public static byte[] closePortal(String name) {
        return new Body().int8('P').string(name).message('C');
    }

    public static byte[] sync() {
        return new Body().message('S');
    }

    public static byte[] flush() {
        return new Body().message('H');
    }

    public static byte[] copyData(byte[] data) {
        return new Body().raw(data).message('d');
    }

    public static byte[] copyDone() {
        return new Body().message('c');
    }

    public static byte[] copyFail(String why) {
        return new Body().string(why).message('f');
    }

    public static byte[] functionCall(int oid, List<Parameter> arguments) {
        Body body = new Body().int32(oid).int16(0).int16(arguments.size());
        arguments.forEach(argument -> argument.writeTo(body));
        return body.int16(0).message('F');
    }

    public static byte[] password(String password) {
        return new Body().string(password).message('p');
    }

    public static byte[] terminate() {
        return new Body().message('X');
    }

    public static byte[] join(byte[]... messages) {
        Body all = new Body();
        for (byte[] message : messages) {
            all.raw(message);
        }
        return all.bytes();
    }
}
