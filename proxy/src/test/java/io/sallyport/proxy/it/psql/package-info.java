/** PostgreSQL's own client programs through the proxy, compared with the same against the server. */
@NullMarked
package io.sallyport.proxy.it.psql;

import org.jspecify.annotations.NullMarked;
