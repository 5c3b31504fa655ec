/** Settings: one immutable tree, read from a YAML file, the environment and the command line. */
@NullMarked
package io.sallyport.proxy.config;

import org.jspecify.annotations.NullMarked;
