/** The demo: a throw-away PostgreSQL with a sample shop behind a proxy, to try by hand or to watch playing two stories. */
@NullMarked
package io.sallyport.proxy.demo;

import org.jspecify.annotations.NullMarked;
