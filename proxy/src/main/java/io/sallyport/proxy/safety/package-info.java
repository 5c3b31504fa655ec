/** What is done, or looked at, just before an approved batch runs. It blocks, and never on an event loop. */
@NullMarked
package io.sallyport.proxy.safety;

import org.jspecify.annotations.NullMarked;
