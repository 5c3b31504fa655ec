/** Who somebody is by the word of an OpenID Connect issuer. Blocks: never on an event loop. */
@NullMarked
package io.sallyport.proxy.oidc;

import org.jspecify.annotations.NullMarked;
