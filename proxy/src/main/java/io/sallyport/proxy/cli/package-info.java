/** The command line: `sallyport` and its subcommands. */
@NullMarked
package io.sallyport.proxy.cli;

import org.jspecify.annotations.NullMarked;
