@NullMarked
package io.lookout.ingest.tap;

import org.jspecify.annotations.NullMarked;
