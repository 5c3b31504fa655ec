/** Holds in the control database. */
@NullMarked
package io.sallyport.proxy.store.hold;

import org.jspecify.annotations.NullMarked;
