/** Metricbeat's events, taken as Elasticsearch takes them. */
@NullMarked
package io.lookout.ingest.metricbeat;

import org.jspecify.annotations.NullMarked;
