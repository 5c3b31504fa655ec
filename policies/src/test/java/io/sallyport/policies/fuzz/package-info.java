/** Fuzz targets: a build runs them over their seeds, {@code -Pfuzz} lets a fuzzer look further. */
@NullMarked
package io.sallyport.policies.fuzz;

import org.jspecify.annotations.NullMarked;
