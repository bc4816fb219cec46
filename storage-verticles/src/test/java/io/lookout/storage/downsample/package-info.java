@NullMarked
package io.lookout.storage.downsample;

import org.jspecify.annotations.NullMarked;
