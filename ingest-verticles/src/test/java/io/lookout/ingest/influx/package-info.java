@NullMarked
package io.lookout.ingest.influx;

import org.jspecify.annotations.NullMarked;
