@NullMarked
package io.lookout.ingest.remotewrite;

import org.jspecify.annotations.NullMarked;
