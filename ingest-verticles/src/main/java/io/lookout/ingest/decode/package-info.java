/** What decoders share: limits, results, and the way from label pairs to columns. */
@NullMarked
package io.lookout.ingest.decode;

import org.jspecify.annotations.NullMarked;
