/** Sockets: channels and handlers that only translate events into calls on the session. */
@NullMarked
package io.sallyport.proxy.net;

import org.jspecify.annotations.NullMarked;
