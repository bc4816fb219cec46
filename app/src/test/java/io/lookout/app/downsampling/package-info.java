/** Queries of old samples, with downsampling and without. */
@NullMarked
package io.lookout.app.downsampling;

import org.jspecify.annotations.NullMarked;
