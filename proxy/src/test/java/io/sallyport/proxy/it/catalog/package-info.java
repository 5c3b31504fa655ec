/** What a server's own catalog says of the lists that the analysis keeps. */
@NullMarked
package io.sallyport.proxy.it.catalog;

import org.jspecify.annotations.NullMarked;
