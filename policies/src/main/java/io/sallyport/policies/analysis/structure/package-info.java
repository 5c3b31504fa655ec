/** The only importer of JSqlParser: conditions that the token readers could not judge. */
@NullMarked
package io.sallyport.policies.analysis.structure;

import org.jspecify.annotations.NullMarked;
