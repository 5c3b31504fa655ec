package io.sallyport.proxy.net;

import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.frame.FrameRules;
import java.util.function.BooleanSupplier;

/** Who is not let in yet may fill no memory: until then messages are as short as the server wants a password to be. */
record EarlyLimits(FrameRules rules, BooleanSupplier letIn) implements FrameRules {
    /** PG_MAX_AUTH_TOKEN_LENGTH (libpq/auth.h), and the length word. */
    private static final int LARGEST = 65_535 + 4;

    @Override
    public boolean bulk(byte tag) {
        return rules.bulk(tag);
    }

    @Override
    public void check(byte tag, int length) {
        rules.check(tag, length);
        if (length > LARGEST && !letIn.getAsBoolean() && !rules.bulk(tag)) {
            throw new ProtocolViolation(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "message of " + length + " bytes before the login is over, expected at most " + LARGEST);
        }
    }
}
