@NullMarked
package io.lookout.ingest.tcp;

import org.jspecify.annotations.NullMarked;
