@NullMarked
package io.lookout.ingest.pipeline;

import org.jspecify.annotations.NullMarked;
