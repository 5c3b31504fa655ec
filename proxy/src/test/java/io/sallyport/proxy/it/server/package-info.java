/** The shared embedded PostgreSQL and the proxies that tests put in front of it. */
@NullMarked
package io.sallyport.proxy.it.server;

import org.jspecify.annotations.NullMarked;
