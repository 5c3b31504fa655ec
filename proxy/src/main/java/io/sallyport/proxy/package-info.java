/** The proxy: sockets, sessions, holds and the command line. */
@NullMarked
package io.sallyport.proxy;

import org.jspecify.annotations.NullMarked;
