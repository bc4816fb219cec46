@NullMarked
package io.lookout.ingest.relabel;

import org.jspecify.annotations.NullMarked;
