/** Encoded columns of samples. */
@NullMarked
package io.lookout.model.chunk;

import org.jspecify.annotations.NullMarked;
