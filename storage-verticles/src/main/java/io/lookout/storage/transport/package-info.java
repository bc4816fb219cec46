/** Samples that come to the shards through a topic of Kafka. */
@NullMarked
package io.lookout.storage.transport;

import org.jspecify.annotations.NullMarked;
