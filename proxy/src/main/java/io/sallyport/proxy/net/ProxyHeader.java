package io.sallyport.proxy.net;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.ProtocolViolation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * The PROXY protocol's header, version 2 (haproxy, doc/proxy-protocol.txt, section 2.2).
 *
 * <pre>
 *   12 bytes   0D 0A 0D 0A 00 0D 0A 51 55 49 54 0A
 *   1          version 2 in the high half; 0 LOCAL or 1 PROXY in the low
 *   1          0x11 TCP over IPv4, 0x21 TCP over IPv6, 0x00 unknown
 *   2          length of what follows
 *   …          source address, destination address, source port, destination port; extensions, which are skipped
 * </pre>
 *
 * @param source the client; null where the connection is the balancer's own
 */
record ProxyHeader(@Nullable InetSocketAddress source) {
    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
    private static final int FIXED = 16;
    private static final int LONGEST = 4096;

    /**
     * Reads it off {@code in} when it is there whole.
     *
     * @return null when more bytes are needed
     * @throws ProtocolViolation when it is none, and as soon as that is certain
     */
    static @Nullable ProxyHeader read(ByteBuf in) {
        int start = in.readerIndex();
        int there = in.readableBytes();
        for (int i = 0; i < Math.min(there, SIGNATURE.length); i++) {
            if (in.getByte(start + i) != SIGNATURE[i]) {
                throw new ProtocolViolation("expected a PROXY protocol header of version 2");
            }
        }
        if (there < FIXED) {
            return null;
        }
        int command = in.getUnsignedByte(start + 12);
        int family = in.getUnsignedByte(start + 13);
        int length = in.getUnsignedShort(start + 14);
        if (command != 0x20 && command != 0x21) {
            throw new ProtocolViolation("PROXY protocol header with an unknown version or command: " + command);
        }
        if (length > LONGEST - FIXED) {
            throw new ProtocolViolation(
                    "PROXY protocol header of " + (FIXED + length) + " bytes, expected at most " + LONGEST);
        }
        if (there < FIXED + length) {
            return null;
        }
        boolean local = command == 0x20 || family == 0;
        ProxyHeader header = new ProxyHeader(local ? null : source(in, start + FIXED, family, length));
        in.skipBytes(FIXED + length);
        return header;
    }

    private static InetSocketAddress source(ByteBuf in, int start, int family, int length) {
        int size = switch (family) {
            case 0x11 -> 4;
            case 0x21 -> 16;
            default -> throw new ProtocolViolation("PROXY protocol header for no TCP connection: family " + family);
        };
        if (length < 2 * size + 4) {
            throw new ProtocolViolation("PROXY protocol header is too short for its addresses");
        }
        byte[] address = new byte[size];
        in.getBytes(start, address);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), in.getUnsignedShort(start + 2 * size));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
