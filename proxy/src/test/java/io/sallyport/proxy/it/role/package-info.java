/** Rules that ask for a role, against a real server that knows who is a member. */
@NullMarked
package io.sallyport.proxy.it.role;

import org.jspecify.annotations.NullMarked;
