/** Drivers of other languages, and of other kinds than JDBC: each does through the proxy exactly what it does without. */
@NullMarked
package io.sallyport.proxy.it.driver;

import org.jspecify.annotations.NullMarked;
