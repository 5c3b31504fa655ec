/** The API as a client sees it. */
@NullMarked
package io.sallyport.proxy.client;

import org.jspecify.annotations.NullMarked;
