package io.sallyport.proxy.session;

import io.sallyport.proxy.config.Loopback;

/** Where a password may go as it was typed: over no network in the clear, and to no server that anybody could play. */
final class ClearPassword {
    private ClearPassword() {}

    /** Whether the client may send it to Sallyport. */
    static boolean mayCome(SessionContext context) {
        return allowed(context)
                || context.client().security().encrypted()
                || (Loopback.is(context.info().client()) && context.client().local());
    }

    /** Whether it may go on to the server; who sits in between would only have to ask for it. */
    static boolean mayGo(SessionContext context) {
        return allowed(context)
                || context.upstream().security().verified()
                || Loopback.is(context.services().config().upstream().host());
    }

    private static boolean allowed(SessionContext context) {
        return context.services().config().auth().allowCleartext();
    }
}
