/** What a client sends: start-up packets and the messages after them, decoded on demand. */
@NullMarked
package io.sallyport.protocol.frontend;

import org.jspecify.annotations.NullMarked;
