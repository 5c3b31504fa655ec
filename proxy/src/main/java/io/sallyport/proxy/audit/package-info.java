/** The record of who asked what, who decided, and how it ended: one JSON object a line, without secrets. */
@NullMarked
package io.sallyport.proxy.audit;

import org.jspecify.annotations.NullMarked;
