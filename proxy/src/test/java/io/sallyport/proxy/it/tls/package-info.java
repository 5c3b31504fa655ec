/** TLS on both legs, with real clients and servers. */
@NullMarked
package io.sallyport.proxy.it.tls;

import org.jspecify.annotations.NullMarked;
