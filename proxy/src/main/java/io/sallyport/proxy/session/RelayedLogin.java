package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.backend.AuthenticationRequest;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.backend.ReplyListener.Fate;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.protocol.frontend.SaslMessages;
import io.sallyport.proxy.auth.LoginFailure;
import io.sallyport.proxy.auth.ScramServer;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server authenticates, and its messages pass. SCRAM signs what it says of channel binding, so nothing of it can be
 * rewritten; what can be is the offer: PLUS is taken out where it cannot hold across the two legs.
 */
final class RelayedLogin implements Login {
    private static final Logger log = LoggerFactory.getLogger(RelayedLogin.class);

    private final SessionContext context;
    private final LoginRefusals refusals;
    private List<String> offer = List.of();

    /** PLUS was taken out, and the client has not chosen yet. */
    private boolean reduced;

    private boolean refused;

    RelayedLogin(SessionContext context, LoginRefusals refusals) {
        this.context = context;
        this.refusals = refusals;
    }

    @Override
    public Fate asked(int code, WireReader body) {
        if (code == AuthenticationRequest.CLEARTEXT && !ClearPassword.mayCome(context)) {
            return refuse(LoginFailure.CLEARTEXT, LoginErrors.cleartext());
        } else if (code == AuthenticationRequest.CLEARTEXT && !ClearPassword.mayGo(context)) {
            return refuse(LoginFailure.CLEARTEXT, LoginErrors.cleartextToServer());
        }
        if (code != AuthenticationRequest.SASL || sameCertificate()) {
            return Fate.RELAY;
        }
        List<String> offered = AuthenticationRequest.mechanisms(body);
        offer = offered.stream().filter(name -> !name.endsWith("-PLUS")).toList();
        if (offer.isEmpty()) {
            return refuse(LoginFailure.CHANNEL_BINDING, LoginErrors.nothingOffered());
        }
        reduced = offer.size() < offered.size();
        return reduced ? Fate.REPLACE : Fate.RELAY;
    }

    /** Both ends see one certificate: then binding to it holds, as if nobody stood between. */
    private boolean sameCertificate() {
        LegSecurity client = context.client().security();
        LegSecurity server = context.upstream().security();
        return client.encrypted()
                && server.encrypted()
                && client.serverCertificate() != null
                && Objects.equals(client.serverCertificate(), server.serverCertificate());
    }

    private Fate refuse(LoginFailure reason, ErrorResponse error) {
        refused = true;
        refusals.refuse(reason, error);
        return Fate.DROP;
    }

    @Override
    public void replacement(ByteBuf out) {
        AuthenticationRequest.sasl(out, offer);
    }

    @Override
    public void clientMessage(Frame frame) {
        if (refused) {
            frame.release();
        } else if (reduced && wouldBind(frame)) {
            frame.release();
            refuse(LoginFailure.CHANNEL_BINDING, LoginErrors.bindingRemoved());
        } else {
            reduced = false;
            context.upstream().relay(frame);
        }
    }

    /** The flag {@code y}: able to bind, and not offered it. A server that did offer takes that for an attack. */
    private static boolean wouldBind(Frame frame) {
        try {
            SaslMessages.Initial initial = SaslMessages.initial(frame.body());
            return initial.mechanism().equals(ScramServer.PLAIN)
                    && initial.data().length > 0
                    && initial.data()[0] == 'y';
        } catch (ProtocolViolation malformed) {
            // The server says so in its own words.
            return false;
        }
    }

    @Override
    public Fate failed(ErrorResponse error, byte[] body) {
        if (refused) {
            return Fate.DROP;
        }
        boolean password = error.sqlState().equals(SqlState.INVALID_PASSWORD);
        if (!password && !error.sqlState().equals(SqlState.INVALID_AUTHORIZATION)) {
            return Fate.RELAY;
        }
        refused = true;
        refusals.refuse(password ? LoginFailure.WRONG_PASSWORD : LoginFailure.REFUSED, error, body);
        return Fate.DROP;
    }

    @Override
    public void ended() {
        if (reduced && !refused && context.client().security().encrypted()) {
            log.info(
                    "client {} left when it was not offered SCRAM-SHA-256-PLUS: it may require channel binding, or had no"
                            + " password at hand; see docs/authentication.md",
                    context.info().client());
        }
    }
}
