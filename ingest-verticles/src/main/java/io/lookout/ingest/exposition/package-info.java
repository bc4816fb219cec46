/** The text formats in which metrics are exposed. */
@NullMarked
package io.lookout.ingest.exposition;

import org.jspecify.annotations.NullMarked;
