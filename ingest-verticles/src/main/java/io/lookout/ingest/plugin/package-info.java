/** Filters and exporters that come as jars: finding them, asking them, and keeping them apart. */
@NullMarked
package io.lookout.ingest.plugin;

import org.jspecify.annotations.NullMarked;
