/** Who has to agree to a held batch, and which roles, certificates and subjects are one person. */
@NullMarked
package io.sallyport.policies.approval;

import org.jspecify.annotations.NullMarked;
