/** The JDBC driver through the proxy, in each of its query modes. */
@NullMarked
package io.sallyport.proxy.it.jdbc;

import org.jspecify.annotations.NullMarked;
