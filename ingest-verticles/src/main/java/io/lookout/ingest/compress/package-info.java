/** Bodies as they were before their senders compressed them, never larger than a cap. */
@NullMarked
package io.lookout.ingest.compress;

import org.jspecify.annotations.NullMarked;
