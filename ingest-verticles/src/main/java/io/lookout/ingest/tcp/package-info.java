/** Listening for protocols over bare TCP: bounded connections, bounded messages, back-pressure. */
@NullMarked
package io.lookout.ingest.tcp;

import org.jspecify.annotations.NullMarked;
