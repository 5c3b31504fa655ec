/** An issuer as tests want it. */
@NullMarked
package io.sallyport.proxy.oidc.fakes;

import org.jspecify.annotations.NullMarked;
