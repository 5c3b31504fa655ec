/** Tokens for all statements of a file, before anybody has sent them. */
@NullMarked
package io.sallyport.proxy.grant;

import org.jspecify.annotations.NullMarked;
