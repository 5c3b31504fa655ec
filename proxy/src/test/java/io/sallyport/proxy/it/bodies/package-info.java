/** Bodies of DO blocks, functions and rules, shown to a real server: what we read in them is what it reads. */
@NullMarked
package io.sallyport.proxy.it.bodies;

import org.jspecify.annotations.NullMarked;
