/** How connections are taken: limits, versions of the protocol, announced addresses, names. */
@NullMarked
package io.sallyport.proxy.it.connect;

import org.jspecify.annotations.NullMarked;
