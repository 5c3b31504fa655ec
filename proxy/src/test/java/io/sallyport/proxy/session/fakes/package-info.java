/** Hand-written ends of a session: client, server, clock and loop, all without sockets or threads. */
@NullMarked
package io.sallyport.proxy.session.fakes;

import org.jspecify.annotations.NullMarked;
