/** The rows that a statement touches: which they are, where they are kept, and how they come back. No sockets; what asks the server blocks. */
@NullMarked
package io.sallyport.proxy.kept;

import org.jspecify.annotations.NullMarked;
