/** One client connection and its one upstream connection, without any Channel. */
@NullMarked
package io.sallyport.proxy.session;

import org.jspecify.annotations.NullMarked;
