/** Tells other systems of holds, by HTTP: signed JSON, or messages in Slack. Nothing ever waits for it. */
@NullMarked
package io.sallyport.proxy.webhook;

import org.jspecify.annotations.NullMarked;
