/** Cutting byte streams into messages without decoding, copying or assembling what is only relayed. */
@NullMarked
package io.sallyport.protocol.frame;

import org.jspecify.annotations.NullMarked;
