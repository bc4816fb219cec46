@NullMarked
package io.lookout.ingest.openfalcon;

import org.jspecify.annotations.NullMarked;
