/** Proves that an audit log is what was written, or names the first line that is not. */
@NullMarked
package io.sallyport.proxy.audit.verify;

import org.jspecify.annotations.NullMarked;
