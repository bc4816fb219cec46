@NullMarked
package io.lookout.ingest.relay;

import org.jspecify.annotations.NullMarked;
