/** Bytes and allocators that the tests of this module share. */
@NullMarked
package io.sallyport.protocol.wire;

import org.jspecify.annotations.NullMarked;
