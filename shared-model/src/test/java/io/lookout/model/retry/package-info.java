@NullMarked
package io.lookout.model.retry;

import org.jspecify.annotations.NullMarked;
