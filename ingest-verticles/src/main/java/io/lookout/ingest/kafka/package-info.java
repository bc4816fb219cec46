/** Samples to and from topics of Kafka: the way to the shards, an exporter, a source. */
@NullMarked
package io.lookout.ingest.kafka;

import org.jspecify.annotations.NullMarked;
