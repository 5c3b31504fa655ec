/** Feeds what a server's log says was run through a policy and counts what would have been stopped. */
@NullMarked
package io.sallyport.proxy.replay;

import org.jspecify.annotations.NullMarked;
