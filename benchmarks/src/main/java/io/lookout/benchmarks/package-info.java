/** JMH benchmarks of the hot loops. */
@NullMarked
package io.lookout.benchmarks;

import org.jspecify.annotations.NullMarked;
