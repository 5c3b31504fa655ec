/** Who may approve what, decided where the vote is counted. */
@NullMarked
package io.sallyport.proxy.approval;

import org.jspecify.annotations.NullMarked;
