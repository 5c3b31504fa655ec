/** What statements would do to rows: the questions to the server, and the reading of its answers. No sockets. */
@NullMarked
package io.sallyport.proxy.impact;

import org.jspecify.annotations.NullMarked;
