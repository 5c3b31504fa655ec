/** How lines of the audit are tied to each other, and how a checkpoint is signed. */
@NullMarked
package io.sallyport.proxy.audit.chain;

import org.jspecify.annotations.NullMarked;
