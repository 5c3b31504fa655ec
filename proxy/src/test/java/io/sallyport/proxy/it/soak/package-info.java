/** Minutes of mixed load, behind a flag. */
@NullMarked
package io.sallyport.proxy.it.soak;

import org.jspecify.annotations.NullMarked;
