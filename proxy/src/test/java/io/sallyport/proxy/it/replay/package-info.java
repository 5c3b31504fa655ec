/** Logs that real servers wrote, replayed. */
@NullMarked
package io.sallyport.proxy.it.replay;

import org.jspecify.annotations.NullMarked;
