/** What the image and the chart say must be true of the program they run. */
@NullMarked
package io.sallyport.proxy.deploy;

import org.jspecify.annotations.NullMarked;
