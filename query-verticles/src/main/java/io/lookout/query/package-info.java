/** PromQL and the query API. */
@NullMarked
package io.lookout.query;

import org.jspecify.annotations.NullMarked;
