@NullMarked
package io.lookout.ingest.opentsdb;

import org.jspecify.annotations.NullMarked;
