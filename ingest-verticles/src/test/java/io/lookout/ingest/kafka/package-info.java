@NullMarked
package io.lookout.ingest.kafka;

import org.jspecify.annotations.NullMarked;
