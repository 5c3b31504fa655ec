/** Our lexer and splitter against the parser of real servers, on strings that were made to tell them apart. */
@NullMarked
package io.sallyport.proxy.it.differential;

import org.jspecify.annotations.NullMarked;
