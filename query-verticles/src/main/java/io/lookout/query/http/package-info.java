/** The query side of Prometheus's HTTP API. */
@NullMarked
package io.lookout.query.http;

import org.jspecify.annotations.NullMarked;
