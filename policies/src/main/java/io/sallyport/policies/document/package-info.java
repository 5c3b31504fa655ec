/** A YAML document as nodes that know their line and column, and the problems found in it. */
@NullMarked
package io.sallyport.policies.document;

import org.jspecify.annotations.NullMarked;
