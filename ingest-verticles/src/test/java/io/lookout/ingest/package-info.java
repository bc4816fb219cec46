@NullMarked
package io.lookout.ingest;

import org.jspecify.annotations.NullMarked;
