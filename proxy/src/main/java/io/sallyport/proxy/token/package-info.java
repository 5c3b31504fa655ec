/** Approval tokens: secrets that let a statement run once, for requesters who cannot wait. Calls block. */
@NullMarked
package io.sallyport.proxy.token;

import org.jspecify.annotations.NullMarked;
