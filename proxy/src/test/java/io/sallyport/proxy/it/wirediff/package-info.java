/** Scripts of bytes, played against the server and through the proxy: what comes back must not differ. */
@NullMarked
package io.sallyport.proxy.it.wirediff;

import org.jspecify.annotations.NullMarked;
