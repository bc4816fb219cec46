/** Accepted samples for other services on the event bus. */
@NullMarked
package io.lookout.ingest.tap;

import org.jspecify.annotations.NullMarked;
