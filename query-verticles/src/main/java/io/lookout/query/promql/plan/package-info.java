/** From syntax to what is to be done: plan nodes, the selections they need, rewrites. Pure. */
@NullMarked
package io.lookout.query.promql.plan;

import org.jspecify.annotations.NullMarked;
