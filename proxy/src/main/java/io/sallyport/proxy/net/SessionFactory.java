package io.sallyport.proxy.net;

import io.netty.channel.Channel;
import io.sallyport.proxy.session.Session;

/** Makes the session of a client's socket. */
interface SessionFactory {
    Session create(Channel client);
}
