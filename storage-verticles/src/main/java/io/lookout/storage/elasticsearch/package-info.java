/**
 * The block store outside the process: Elasticsearch 7.10 to 9 or OpenSearch 1 to 3, over HTTP.
 * {@link io.lookout.storage.elasticsearch.EngineClient} talks to the hosts, {@link
 * io.lookout.storage.elasticsearch.Preparation} makes what is needed, {@link
 * io.lookout.storage.elasticsearch.BulkWriter} puts, {@link
 * io.lookout.storage.elasticsearch.BlockSearch} finds, and {@link
 * io.lookout.storage.elasticsearch.LifeCycle} rolls over and drops.
 */
@NullMarked
package io.lookout.storage.elasticsearch;

import org.jspecify.annotations.NullMarked;
