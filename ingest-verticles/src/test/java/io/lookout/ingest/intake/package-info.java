@NullMarked
package io.lookout.ingest.intake;

import org.jspecify.annotations.NullMarked;
