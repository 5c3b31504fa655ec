package io.sallyport.proxy.auth;

/**
 * The beginning of client-first, which is signed with the rest and so cannot be changed on the way: {@code n,,} knows
 * no binding, {@code y,,} would bind but was not offered it, {@code p=tls-server-end-point,,} binds.
 */
record GsHeader(String text, boolean binds) {
    static GsHeader read(String message, boolean plus, boolean offered) throws ScramException {
        int flagEnd = message.indexOf(',');
        int end = flagEnd < 0 ? -1 : message.indexOf(',', flagEnd + 1);
        if (end < 0) {
            throw ScramException.malformed("Expected a channel-binding flag and two commas.");
        }
        if (end > flagEnd + 1) {
            throw new ScramException(
                    "0A000",
                    LoginFailure.PROTOCOL,
                    "client uses authorization identity, but it is not supported",
                    null);
        }
        String flag = message.substring(0, flagEnd);
        boolean binds = flag.startsWith("p=");
        if (!binds && !flag.equals("n") && !flag.equals("y")) {
            throw ScramException.malformed("Unexpected channel-binding flag.");
        }
        if (binds != plus) {
            throw ScramException.malformed("The mechanism and the channel-binding flag contradict each other.");
        }
        if (binds && !flag.equals("p=" + ScramServer.BINDING_TYPE)) {
            throw new ScramException(
                    "08P01",
                    LoginFailure.CHANNEL_BINDING,
                    "unsupported SCRAM channel-binding type",
                    "Supported is " + ScramServer.BINDING_TYPE + ".");
        }
        if (flag.equals("y") && offered) {
            throw ScramException.binding(
                    "SCRAM channel binding negotiation error",
                    "The client supports SCRAM channel binding but thinks Sallyport does not; it was offered.");
        }
        return new GsHeader(message.substring(0, end + 1), binds);
    }
}
