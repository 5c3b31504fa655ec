/** Who logs in, and how that is proved: SCRAM on both sides, verifiers, userlists, and what failures cost. Pure: no sockets, no sessions. */
@NullMarked
package io.sallyport.proxy.auth;

import org.jspecify.annotations.NullMarked;
