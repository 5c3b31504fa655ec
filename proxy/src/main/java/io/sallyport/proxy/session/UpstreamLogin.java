package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.backend.AuthenticationRequest;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.backend.ReplyListener.Fate;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.protocol.frontend.SaslMessages;
import io.sallyport.proxy.auth.EndPointBinding;
import io.sallyport.proxy.auth.LoginFailure;
import io.sallyport.proxy.auth.Nonces;
import io.sallyport.proxy.auth.ScramClient;
import io.sallyport.proxy.auth.ScramException;
import io.sallyport.proxy.auth.ScramKeys;
import io.sallyport.proxy.auth.ScramServer;
import io.sallyport.proxy.auth.UpstreamSecret;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The role is proved to Sallyport already: it logs in to the server itself. Of that the client hears only AuthenticationOk. */
final class UpstreamLogin implements Login {
    private final SessionContext context;
    private final LoginRefusals refusals;
    private final UpstreamSecret secret;
    private @Nullable ScramClient scram;
    private boolean over;

    UpstreamLogin(SessionContext context, LoginRefusals refusals, UpstreamSecret secret) {
        this.context = context;
        this.refusals = refusals;
        this.secret = secret;
    }

    @Override
    public Fate asked(int code, WireReader body) {
        if (over) {
            return Fate.DROP;
        }
        try {
            switch (code) {
                case AuthenticationRequest.OK -> {
                    // A server that breaks off SCRAM has not shown that it knows the verifier.
                    if (scram != null && !scram.verified()) {
                        throw new DeadEnd("it did not finish SCRAM");
                    }
                    return Fate.RELAY;
                }
                case AuthenticationRequest.CLEARTEXT -> cleartext();
                case AuthenticationRequest.MD5 ->
                    answer(SaslMessages.password(
                            buffer(), need(secret.hasPassword(), "an md5 hash").md5(role(), body.bytes(4))));
                case AuthenticationRequest.SASL -> begin(AuthenticationRequest.mechanisms(body));
                case AuthenticationRequest.SASL_CONTINUE -> prove(exchange(), body.bytes(body.remaining()));
                case AuthenticationRequest.SASL_FINAL -> exchange().verify(body.bytes(body.remaining()));
                default -> throw new DeadEnd("it asks for a login of type " + code + ", which is not supported");
            }
        } catch (ScramException | DeadEnd failure) {
            fail("", String.valueOf(failure.getMessage()));
        }
        return Fate.DROP;
    }

    private void cleartext() throws DeadEnd {
        need(secret.hasPassword(), "a password");
        if (!ClearPassword.mayGo(context)) {
            throw new DeadEnd("it asks for a cleartext password, and nobody verified that it is the server"
                    + " (upstream_tls.mode, auth.allow_cleartext)");
        }
        answer(SaslMessages.password(buffer(), secret.cleartext()));
    }

    private void begin(List<String> offered) throws DeadEnd {
        need(secret.canScram(), "SCRAM");
        LegSecurity leg = context.upstream().security();
        byte[] binding = leg.encrypted() && offered.contains(ScramServer.PLUS)
                ? EndPointBinding.of(leg.serverCertificate())
                : null;
        // An offer that we could not bind to is no sign of somebody in between: then say n, not y.
        boolean missed = leg.encrypted() && !offered.contains(ScramServer.PLUS);
        if (binding == null && !offered.contains(ScramServer.PLAIN)) {
            throw new DeadEnd("it offers only " + String.join(", ", offered));
        }
        ScramClient client = new ScramClient(binding, missed, Nonces.next());
        scram = client;
        answer(SaslMessages.initial(buffer(), binding == null ? ScramServer.PLAIN : ScramServer.PLUS, client.first()));
    }

    /** Keys come of a password slowly, so elsewhere. */
    private void prove(ScramClient client, byte[] message) throws ScramException, DeadEnd {
        ScramClient.Challenge challenge = client.challenge(message);
        if (!secret.hasPassword()) {
            answer(SaslMessages.response(buffer(), client.last(challenge, secret.keysFor(challenge))));
            return;
        }
        if (!ScramClient.enough(challenge, context.services().config().auth().scramIterations())) {
            throw new DeadEnd("it asks for only " + challenge.iterations()
                    + " SCRAM iterations, with which a password is easier to guess (auth.scram_iterations)");
        }
        try {
            context.services().logins().execute(context.info().client(), () -> derive(client, challenge));
        } catch (RejectedExecutionException full) {
            fail("", "too many logins at once");
        }
    }

    private void derive(ScramClient client, ScramClient.Challenge challenge) {
        try {
            ScramKeys keys = secret.keysFor(challenge);
            context.loop().execute(() -> {
                if (!over) {
                    answer(SaslMessages.response(buffer(), client.last(challenge, keys)));
                    context.flush();
                }
            });
        } catch (ScramException | RuntimeException failure) {
            context.loop().execute(() -> fail("", "its SCRAM challenge cannot be answered"));
        }
    }

    private ScramClient exchange() throws DeadEnd {
        if (scram == null) {
            throw new DeadEnd("it sent a SASL message out of turn");
        }
        return scram;
    }

    private UpstreamSecret need(boolean known, String what) throws DeadEnd {
        if (!known) {
            throw new DeadEnd("it asks for " + what + ", and Sallyport has nothing for this role to answer with");
        }
        return secret;
    }

    private String role() {
        return context.info().user();
    }

    private ByteBuf buffer() {
        return context.upstream().allocator().buffer(256);
    }

    private void answer(ByteBuf message) {
        context.upstream().own(message);
    }

    private void fail(String sqlState, String why) {
        if (!over) {
            over = true;
            refusals.refuse(LoginFailure.SERVER, LoginErrors.server(role(), sqlState, why));
        }
    }

    @Override
    public void replacement(ByteBuf out) {
        throw new IllegalStateException("no request of the server is replaced");
    }

    @Override
    public void clientMessage(Frame frame) {
        frame.release();
        throw new ProtocolViolation("unexpected password message: the login is over");
    }

    @Override
    public Fate failed(ErrorResponse error, byte[] body) {
        fail(error.sqlState(), error.message());
        return Fate.DROP;
    }

    @Override
    public void ended() {
        over = true;
    }

    /** Why the login stops here. */
    private static final class DeadEnd extends Exception {
        private static final long serialVersionUID = 1L;

        DeadEnd(String message) {
            super(message, null, false, false);
        }
    }
}
