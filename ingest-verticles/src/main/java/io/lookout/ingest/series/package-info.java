/** From the bytes of a label set to the series: parsed once, looked up ever after. */
@NullMarked
package io.lookout.ingest.series;

import org.jspecify.annotations.NullMarked;
