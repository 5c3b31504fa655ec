/** From the reading of a batch to a ruling; the only place where permits are made. */
@NullMarked
package io.sallyport.proxy.gate;

import org.jspecify.annotations.NullMarked;
