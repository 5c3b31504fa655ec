/** Golden transcripts: files of messages, sent and expected line by line. */
@NullMarked
package io.sallyport.proxy.it.trace;

import org.jspecify.annotations.NullMarked;
