/** What waits for a second person, and how waiting ends. */
@NullMarked
package io.sallyport.proxy.it.hold;

import org.jspecify.annotations.NullMarked;
