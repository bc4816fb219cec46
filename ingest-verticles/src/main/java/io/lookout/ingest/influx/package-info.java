/** InfluxDB's line protocol, 1.x and 2.x. */
@NullMarked
package io.lookout.ingest.influx;

import org.jspecify.annotations.NullMarked;
