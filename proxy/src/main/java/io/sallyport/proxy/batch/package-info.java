/** What a client asks in one go: assembling it, reading its texts, and the prepared statements it names. */
@NullMarked
package io.sallyport.proxy.batch;

import org.jspecify.annotations.NullMarked;
