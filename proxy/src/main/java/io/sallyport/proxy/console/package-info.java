/** The SALLYPORT statements, answered by the proxy as ordinary row sets. */
@NullMarked
package io.sallyport.proxy.console;

import org.jspecify.annotations.NullMarked;
