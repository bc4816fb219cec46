/** What ingest and storage share of Kafka: settings, topics, partitions, reading records. */
@NullMarked
package io.lookout.cluster.kafka;

import org.jspecify.annotations.NullMarked;
