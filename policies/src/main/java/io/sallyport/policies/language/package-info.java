/** The policy language: what a policy file may say, how it is read, and the same as a JSON Schema. */
@NullMarked
package io.sallyport.policies.language;

import org.jspecify.annotations.NullMarked;
