/** Tokens to facts: what each statement of a string would do. */
@NullMarked
package io.sallyport.policies.analysis;

import org.jspecify.annotations.NullMarked;
