/** Attacks on the data through the proxy under the built-in policy, each of which works without it. */
@NullMarked
package io.sallyport.proxy.it.evasion;

import org.jspecify.annotations.NullMarked;
