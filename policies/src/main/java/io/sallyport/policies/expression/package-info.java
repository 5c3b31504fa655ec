/** CEL expressions over typed variables, compiled once; the only importer of the CEL library. */
@NullMarked
package io.sallyport.policies.expression;

import org.jspecify.annotations.NullMarked;
