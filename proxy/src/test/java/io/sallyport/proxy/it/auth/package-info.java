/** Logins through the proxy: who authenticates, and over which legs. */
@NullMarked
package io.sallyport.proxy.it.auth;

import org.jspecify.annotations.NullMarked;
