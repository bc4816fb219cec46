/** Rules that rewrite, keep or drop label sets, as Prometheus's relabelling has them. */
@NullMarked
package io.lookout.ingest.relabel;

import org.jspecify.annotations.NullMarked;
