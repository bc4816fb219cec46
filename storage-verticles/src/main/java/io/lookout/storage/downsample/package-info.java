/** Older samples in coarser resolutions: how they are made, and when they answer. */
@NullMarked
package io.lookout.storage.downsample;

import org.jspecify.annotations.NullMarked;
