@NullMarked
package io.lookout.ingest.compress;

import org.jspecify.annotations.NullMarked;
