package io.sallyport.proxy.session.fakes;

import io.sallyport.proxy.it.wire.Body;

/** A server's messages as bytes. */
public final class Server {
    public static final byte[] PARSED = new Body().message('1');
    public static final byte[] BOUND = new Body().message('2');
    public static final byte[] CLOSED = new Body().message('3');
    public static final byte[] SUSPENDED = new Body().message('s');
    public static final byte[] NO_DATA = new Body().message('n');
    public static final byte[] EMPTY_QUERY = new Body().message('I');
    public static final byte[] ROW_DESCRIPTION = new Body().int16(0).message('T');
    public static final byte[] ROW = new Body().int16(1).int32(1).int8('x').message('D');
    public static final byte[] COPY_IN = new Body().int8(0).int16(0).message('G');
    public static final byte[] AUTHENTICATION_OK = new Body().int32(0).message('R');
    public static final byte[] ASKS_PASSWORD = new Body().int32(3).message('R');

    private Server() {}

    /** @param status I, T or E */
    public static byte[] ready(char status) {
        return new Body().int8(status).message('Z');
    }

    public static byte[] complete(String commandTag) {
        return new Body().string(commandTag).message('C');
    }

    public static byte[] error(String sqlState) {
        return error("ERROR", sqlState);
    }

    public static byte[] error(String severity, String sqlState) {
        return new Body()
                .int8('S')
                .string(severity)
                .int8('V')
                .string(severity)
                .int8('C')
                .string(sqlState)
                .int8('M')
                .string("the server's own words")
                .int8(0)
                .message('E');
    }

    public static byte[] parameter(String name, String value) {
        return new Body().string(name).string(value).message('S');
    }

    public static byte[] key(int processId, int secret) {
        return new Body().int32(processId).int32(secret).message('K');
    }
}
