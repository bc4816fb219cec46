/** What PromQL computes with: steps, series over steps, annotations. Pure. */
@NullMarked
package io.lookout.query.promql.value;

import org.jspecify.annotations.NullMarked;
