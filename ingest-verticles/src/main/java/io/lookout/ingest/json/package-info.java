/** Reading JSON bodies as a stream. */
@NullMarked
package io.lookout.ingest.json;

import org.jspecify.annotations.NullMarked;
