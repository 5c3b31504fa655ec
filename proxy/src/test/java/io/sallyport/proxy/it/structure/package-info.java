/** Always-true conditions, measured on the rows that a real server touches. */
@NullMarked
package io.sallyport.proxy.it.structure;

import org.jspecify.annotations.NullMarked;
