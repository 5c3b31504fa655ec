package io.sallyport.proxy.net;

import io.sallyport.proxy.auth.Networks;
import io.sallyport.proxy.session.SessionServices;

/** How many connections are taken at all: sessions have their limits, and who says nothing would otherwise have none. */
final class Crowd {
    /** For those that are to be told which limit they met, and for CancelRequests. */
    private static final int ROOM = 8;

    private final SessionServices services;

    Crowd(SessionServices services) {
        this.services = services;
    }

    /** Whether another of this `address:port` is closed unheard; counted then. */
    boolean refuses(String client) {
        int perAddress = services.config().connections().perAddress();
        if (services.directory().size() >= most(services.config().limits().connections())) {
            services.metrics().connectionRefused("connections");
            return true;
        } else if (perAddress > 0 && services.directory().open(Networks.of(client)) >= most(perAddress)) {
            services.metrics().connectionRefused("connections_per_address");
            return true;
        }
        return false;
    }

    private static long most(int limit) {
        return 2L * limit + ROOM;
    }
}
