/** The HTTP side for operators: health, readiness and metrics. */
@NullMarked
package io.sallyport.proxy.admin;

import org.jspecify.annotations.NullMarked;
