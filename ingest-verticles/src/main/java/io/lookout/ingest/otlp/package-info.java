/** OpenTelemetry's metrics over HTTP, translated as Prometheus does. */
@NullMarked
package io.lookout.ingest.otlp;

import org.jspecify.annotations.NullMarked;
