/** Reads the logs that PostgreSQL and Sallyport write, record by record, in bounded memory. */
@NullMarked
package io.sallyport.proxy.replay.log;

import org.jspecify.annotations.NullMarked;
