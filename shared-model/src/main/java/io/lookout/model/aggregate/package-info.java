/** What is kept of the samples of a series in a span of time, beside or in place of them. */
@NullMarked
package io.lookout.model.aggregate;

import org.jspecify.annotations.NullMarked;
