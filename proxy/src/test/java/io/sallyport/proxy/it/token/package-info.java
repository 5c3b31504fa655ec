@NullMarked
package io.sallyport.proxy.it.token;

import org.jspecify.annotations.NullMarked;
