@NullMarked
package io.lookout.ingest.series;

import org.jspecify.annotations.NullMarked;
