/** The page and the API for approvers: who is signed in, and what they may ask for. */
@NullMarked
package io.sallyport.proxy.admin.web;

import org.jspecify.annotations.NullMarked;
