/** Personal access tokens: how a program acts for a person at the API. */
@NullMarked
package io.sallyport.proxy.access;

import org.jspecify.annotations.NullMarked;
