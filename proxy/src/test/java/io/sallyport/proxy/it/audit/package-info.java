/** The audit of a real proxy, and of processes that are killed. */
@NullMarked
package io.sallyport.proxy.it.audit;

import org.jspecify.annotations.NullMarked;
