/** Rules about what a transaction really did, as the server counted it before COMMIT. Pure. */
@NullMarked
package io.sallyport.policies.effects;

import org.jspecify.annotations.NullMarked;
