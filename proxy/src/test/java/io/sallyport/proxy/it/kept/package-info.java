/** Rows that are kept before they go, and brought back, on a real server. */
@NullMarked
package io.sallyport.proxy.it.kept;

import org.jspecify.annotations.NullMarked;
