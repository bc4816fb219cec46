@NullMarked
package io.lookout.ingest.decode;

import org.jspecify.annotations.NullMarked;
