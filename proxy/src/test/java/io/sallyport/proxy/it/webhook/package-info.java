/** Webhooks of a running proxy, in front of a real server. */
@NullMarked
package io.sallyport.proxy.it.webhook;

import org.jspecify.annotations.NullMarked;
