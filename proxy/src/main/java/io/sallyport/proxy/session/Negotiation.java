package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.ProtocolVersion;
import io.sallyport.protocol.frame.WireWriter;
import java.util.List;

/**
 * What the proxy took out of a StartupMessage, for NegotiateProtocolVersion.
 *
 * @param version the newest that both speak
 * @param dropped names of options that are not supported
 */
record Negotiation(ProtocolVersion version, List<byte[]> dropped) {
    static final byte TAG = 'v';

    /** @param word the version word of the server's own answer, or ours */
    ByteBuf write(ByteBuf out, int word) {
        WireWriter writer = new WireWriter(out, (char) TAG).int32(word).int32(dropped.size());
        dropped.forEach(name -> writer.bytes(name).int8(0));
        return writer.end();
    }
}
