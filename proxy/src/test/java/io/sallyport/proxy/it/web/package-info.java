/** The page and the API for approvers, in front of a real server. */
@NullMarked
package io.sallyport.proxy.it.web;

import org.jspecify.annotations.NullMarked;
