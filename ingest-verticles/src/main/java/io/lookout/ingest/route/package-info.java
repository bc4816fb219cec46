/** Write batches on their way to the shards that own them. */
@NullMarked
package io.lookout.ingest.route;

import org.jspecify.annotations.NullMarked;
