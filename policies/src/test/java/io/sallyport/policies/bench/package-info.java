/** JMH benchmarks; what they said last is in docs/performance.md. */
@NullMarked
package io.sallyport.policies.bench;

import org.jspecify.annotations.NullMarked;
