@NullMarked
package io.lookout.app;

import org.jspecify.annotations.NullMarked;
