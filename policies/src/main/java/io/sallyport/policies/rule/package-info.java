/** Ordered rules: conditions on facts and circumstances, and what is decided when all of them hold. */
@NullMarked
package io.sallyport.policies.rule;

import org.jspecify.annotations.NullMarked;
