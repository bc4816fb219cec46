@NullMarked
package io.lookout.ingest.textpush;

import org.jspecify.annotations.NullMarked;
