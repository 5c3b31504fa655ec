/** Certificates, keys and the contexts made of them; knows neither sessions nor sockets. */
@NullMarked
package io.sallyport.proxy.tls;

import org.jspecify.annotations.NullMarked;
