package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sallyport.protocol.backend.BackendTag;
import io.sallyport.protocol.backend.ReplyListener;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.protocol.frame.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * Tells a client, once, that it does not get the version or the options that it asked for: in place of the server's own answer to what the proxy
 * made of them, or in front of the first thing that the server says.
 */
final class NegotiationReplies implements ReplyListener {
    private final ReplyListener rest;
    private final ClientLink client;
    private final Negotiation negotiation;
    private int version;
    private boolean told;

    /** The server's first message, to go behind ours. */
    private byte @Nullable [] first;

    /** Whether what stands behind this replaces that message too. */
    private boolean replaced;

    private NegotiationReplies(ReplyListener rest, ClientLink client, Negotiation negotiation) {
        this.rest = rest;
        this.client = client;
        this.negotiation = negotiation;
        this.version = negotiation.version().word();
    }

    /** Nothing stands in between where nothing is to be told. */
    static ReplyListener before(ReplyListener rest, ClientLink client, @Nullable Negotiation negotiation) {
        return negotiation == null ? rest : new NegotiationReplies(rest, client, negotiation);
    }

    @Override
    public Interest interest(byte tag) {
        return !told && opens(tag) ? Interest.BODY : rest.interest(tag);
    }

    private static boolean opens(byte tag) {
        return tag == Negotiation.TAG || tag == BackendTag.AUTHENTICATION || tag == BackendTag.ERROR_RESPONSE;
    }

    @Override
    public Fate observed(byte tag, @Nullable WireReader body) {
        if (told || !opens(tag) || body == null) {
            return rest.observed(tag, body);
        }
        if (tag == Negotiation.TAG) {
            version = body.int32();
            return Fate.REPLACE;
        }
        byte[] bytes = body.bytes(body.remaining());
        ByteBuf again = Unpooled.wrappedBuffer(bytes);
        Fate fate = rest.observed(tag, new WireReader(again, 0, bytes.length));
        if (fate == Fate.RELAY) {
            first = bytes;
            return Fate.REPLACE;
        }
        replaced = fate == Fate.REPLACE;
        if (fate == Fate.DROP && tag == BackendTag.ERROR_RESPONSE) {
            // The refusal of a login comes later, and from elsewhere.
            tell(tag);
        }
        return fate;
    }

    @Override
    public void replace(byte tag) {
        if (told) {
            rest.replace(tag);
            return;
        }
        tell(tag);
        if (replaced) {
            rest.replace(tag);
        }
    }

    private void tell(byte tag) {
        told = true;
        ByteBuf out = negotiation.write(client.allocator().buffer(256), version);
        if (first != null) {
            out = new WireWriter(out, (char) tag).bytes(first).end();
            first = null;
        }
        client.send(out);
    }

    @Override
    public void relay(ByteBuf run) {
        rest.relay(run);
    }
}
