/** Traffic that the built-in policy must never stop: tools, drivers and frameworks at their everyday work. */
@NullMarked
package io.sallyport.proxy.it.honest;

import org.jspecify.annotations.NullMarked;
