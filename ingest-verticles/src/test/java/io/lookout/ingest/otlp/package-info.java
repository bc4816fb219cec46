@NullMarked
package io.lookout.ingest.otlp;

import org.jspecify.annotations.NullMarked;
