@NullMarked
package io.lookout.ingest.exposition;

import org.jspecify.annotations.NullMarked;
