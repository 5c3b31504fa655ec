/** SQL to facts to decision. */
@NullMarked
package io.sallyport.policies;

import org.jspecify.annotations.NullMarked;
