@NullMarked
package io.lookout.ingest.metricbeat;

import org.jspecify.annotations.NullMarked;
