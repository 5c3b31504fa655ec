/** The proxy in front of a PostgreSQL in a container, where a Docker engine answers. */
@NullMarked
package io.sallyport.proxy.it.container;

import org.jspecify.annotations.NullMarked;
