/** OpenTSDB's write API, and what Aliyun's TSDB adds to it. */
@NullMarked
package io.lookout.ingest.opentsdb;

import org.jspecify.annotations.NullMarked;
