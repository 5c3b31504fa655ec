/** The control database: what several replicas and a restarted one share. Every call blocks, so none is made on an event loop. */
@NullMarked
package io.sallyport.proxy.store;

import org.jspecify.annotations.NullMarked;
