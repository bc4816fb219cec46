@NullMarked
package io.lookout.ingest.replica;

import org.jspecify.annotations.NullMarked;
