/** The block store inside the process: Apache Lucene, one index for each rollover period. */
@NullMarked
package io.lookout.storage.embedded;

import org.jspecify.annotations.NullMarked;
