/** Series that were met before: remembered by a hash, so that labels are read once. */
@NullMarked
package io.lookout.model.series;

import org.jspecify.annotations.NullMarked;
