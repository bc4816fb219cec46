/** Protocols in: decode, pipeline, route. */
@NullMarked
package io.lookout.ingest;

import org.jspecify.annotations.NullMarked;
