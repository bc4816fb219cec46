/** Native histograms: exponential and custom buckets. */
@NullMarked
package io.lookout.model.histogram;

import org.jspecify.annotations.NullMarked;
