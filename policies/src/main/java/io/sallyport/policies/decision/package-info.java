/** What is decided of a statement. */
@NullMarked
package io.sallyport.policies.decision;

import org.jspecify.annotations.NullMarked;
