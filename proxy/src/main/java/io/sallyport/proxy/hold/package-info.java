/** Batches that wait for a second person: opened once, resolved once. */
@NullMarked
package io.sallyport.proxy.hold;

import org.jspecify.annotations.NullMarked;
