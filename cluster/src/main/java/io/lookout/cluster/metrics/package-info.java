/** What Lookout measures of itself. */
@NullMarked
package io.lookout.cluster.metrics;

import org.jspecify.annotations.NullMarked;
