/** From the text of PromQL to its syntax tree. Pure. */
@NullMarked
package io.lookout.query.promql.parse;

import org.jspecify.annotations.NullMarked;
