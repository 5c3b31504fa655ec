package io.sallyport.proxy.net;

import io.netty.channel.Channel;
import io.sallyport.proxy.session.Session;
import org.jspecify.annotations.Nullable;

/** Makes the session of a client's socket; null where there are too many already. */
interface SessionFactory {
    @Nullable
    Session create(Channel client);
}
