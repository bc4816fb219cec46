/** From the syntax tree of PromQL back to text. Pure. */
@NullMarked
package io.lookout.query.promql.text;

import org.jspecify.annotations.NullMarked;
