/** Writes what a replay found, for people and for programs. */
@NullMarked
package io.sallyport.proxy.replay.report;

import org.jspecify.annotations.NullMarked;
