/** Reads what Prometheus keeps on disk: the blocks of its data directory. */
@NullMarked
package io.lookout.app.tsdb;

import org.jspecify.annotations.NullMarked;
