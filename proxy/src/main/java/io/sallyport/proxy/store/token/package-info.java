/** Approval tokens and requests for them in the control database. */
@NullMarked
package io.sallyport.proxy.store.token;

import org.jspecify.annotations.NullMarked;
