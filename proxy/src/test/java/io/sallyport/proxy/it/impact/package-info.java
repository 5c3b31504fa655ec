@NullMarked
package io.sallyport.proxy.it.impact;

import org.jspecify.annotations.NullMarked;
