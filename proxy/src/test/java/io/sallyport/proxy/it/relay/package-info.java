/** What passes: many sessions, large results, broken connections, random scripts. */
@NullMarked
package io.sallyport.proxy.it.relay;

import org.jspecify.annotations.NullMarked;
