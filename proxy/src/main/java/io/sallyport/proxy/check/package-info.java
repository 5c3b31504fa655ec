/** Offline verdicts: SQL from files and lines, judged as the proxy would, and reported as text or JSON. */
@NullMarked
package io.sallyport.proxy.check;

import org.jspecify.annotations.NullMarked;
