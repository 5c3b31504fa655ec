/** What can be watched from outside: counters, gauges and histograms in Prometheus' text form. */
@NullMarked
package io.sallyport.proxy.metrics;

import org.jspecify.annotations.NullMarked;
