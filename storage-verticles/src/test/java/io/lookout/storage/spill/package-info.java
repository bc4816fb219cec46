@NullMarked
package io.lookout.storage.spill;

import org.jspecify.annotations.NullMarked;
