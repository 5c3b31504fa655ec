/** Refusals and holds on every major version of PostgreSQL. */
@NullMarked
package io.sallyport.proxy.it.versions;

import org.jspecify.annotations.NullMarked;
