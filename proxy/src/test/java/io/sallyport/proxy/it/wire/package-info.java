/** A blocking PostgreSQL client for tests that reads the protocol by its own code, never by the proxy's. */
@NullMarked
package io.sallyport.proxy.it.wire;

import org.jspecify.annotations.NullMarked;
