/** Samples pushed as text: the Pushgateway's API, and import of what was exposed elsewhere. */
@NullMarked
package io.lookout.ingest.textpush;

import org.jspecify.annotations.NullMarked;
