@NullMarked
package io.lookout.ingest.sofalookout;

import org.jspecify.annotations.NullMarked;
