/** What every part of the wire protocol shares: states, keys, violations. */
@NullMarked
package io.sallyport.protocol;

import org.jspecify.annotations.NullMarked;
