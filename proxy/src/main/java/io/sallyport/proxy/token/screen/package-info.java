/** Finds approval tokens in what a client sends, and blanks them before anything else reads it. */
@NullMarked
package io.sallyport.proxy.token.screen;

import org.jspecify.annotations.NullMarked;
