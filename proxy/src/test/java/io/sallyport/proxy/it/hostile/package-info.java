/** Bytes that no decent client sends. */
@NullMarked
package io.sallyport.proxy.it.hostile;

import org.jspecify.annotations.NullMarked;
