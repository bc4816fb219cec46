/**
 * Passes accepted samples on to another server by remote write, through a queue on disk. Lookout as
 * a gateway that collects, or as an agent that outlives the outages of its target.
 */
@NullMarked
package io.lookout.ingest.relay;

import org.jspecify.annotations.NullMarked;
