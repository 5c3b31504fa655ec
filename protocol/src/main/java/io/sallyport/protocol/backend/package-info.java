/** What a server sends: tags that are observed, errors and notices that are read or made. */
@NullMarked
package io.sallyport.protocol.backend;

import org.jspecify.annotations.NullMarked;
