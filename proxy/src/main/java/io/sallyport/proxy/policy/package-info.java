/** The policy on the disk: reading it with what it includes, and taking it up anew when it changes. */
@NullMarked
package io.sallyport.proxy.policy;

import org.jspecify.annotations.NullMarked;
