@NullMarked
package io.lookout.ingest.graphite;

import org.jspecify.annotations.NullMarked;
