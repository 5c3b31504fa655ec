/** Sums of the rows that were changed, for budgets of a policy: in memory, of this process. No sockets, no statements. */
@NullMarked
package io.sallyport.proxy.budget;

import org.jspecify.annotations.NullMarked;
