/** What is done, or must be so, before something approved runs. */
@NullMarked
package io.sallyport.proxy.it.safety;

import org.jspecify.annotations.NullMarked;
