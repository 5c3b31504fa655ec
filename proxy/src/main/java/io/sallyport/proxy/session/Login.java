package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.backend.ReplyListener.Fate;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frame.WireReader;

/** How the server is brought to let the session in; called until it did. */
interface Login {
    /**
     * The server sent an authentication request; called while bytes are being relayed.
     *
     * @param body behind the code
     */
    Fate asked(int code, WireReader body);

    /** Writes what goes to the client in place of the request, where {@link #asked} said so. */
    void replacement(ByteBuf out);

    /** The client sent a PasswordMessage or one of its kin; takes ownership. */
    void clientMessage(Frame frame);

    /** @param body of the server's ErrorResponse, as it came */
    Fate failed(ErrorResponse error, byte[] body);

    /** The session ends, and the server has not let it in. */
    void ended();
}
