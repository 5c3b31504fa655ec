package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.backend.AuthenticationRequest;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frontend.SaslMessages;
import io.sallyport.proxy.auth.Credential;
import io.sallyport.proxy.auth.EndPointBinding;
import io.sallyport.proxy.auth.Logins;
import io.sallyport.proxy.auth.Nonces;
import io.sallyport.proxy.auth.ScramException;
import io.sallyport.proxy.auth.ScramServer;
import io.sallyport.proxy.auth.ScramVerifier;
import io.sallyport.proxy.auth.UpstreamSecret;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** SCRAM with the client, which proves its role to Sallyport before the server hears of it. */
final class ClientLogin {
    private final ClientLink client;
    private final @Nullable Credential credential;
    private final ScramServer scram;
    private final Consumer<UpstreamSecret> proved;
    private boolean chosen;

    /**
     * @param credential null for an unknown role, which goes the same way to its refusal
     * @param proved takes what logs in to the server
     */
    ClientLogin(
            ClientLink client,
            Logins logins,
            String role,
            @Nullable Credential credential,
            Consumer<UpstreamSecret> proved) {
        this.client = client;
        this.credential = credential;
        this.proved = proved;
        LegSecurity leg = client.security();
        ScramVerifier verifier = credential == null ? logins.salts().ofNobody(role) : credential.verifier();
        byte[] binding = leg.encrypted() ? EndPointBinding.of(leg.serverCertificate()) : null;
        this.scram = new ScramServer(verifier, credential != null, binding, Nonces.next());
    }

    void offer() {
        client.send(AuthenticationRequest.sasl(buffer(), scram.mechanisms()));
    }

    void answer(Frame frame) throws ScramException {
        if (!chosen) {
            chosen = true;
            SaslMessages.Initial initial = SaslMessages.initial(frame.body());
            send(AuthenticationRequest.SASL_CONTINUE, scram.first(initial.mechanism(), initial.data()));
            return;
        }
        byte[] data = frame.body().bytes(frame.body().remaining());
        send(AuthenticationRequest.SASL_FINAL, scram.last(data));
        if (credential == null) {
            throw new ProtocolViolation("a role without credentials cannot be proved");
        }
        proved.accept(credential.forServer(scram.keys()));
    }

    private void send(int code, byte[] data) {
        client.send(AuthenticationRequest.sasl(buffer(), code, data));
    }

    private ByteBuf buffer() {
        return client.allocator().buffer(256);
    }
}
