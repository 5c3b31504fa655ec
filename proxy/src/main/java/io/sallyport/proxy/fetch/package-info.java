/** What is read of other people's web servers. */
@NullMarked
package io.sallyport.proxy.fetch;

import org.jspecify.annotations.NullMarked;
