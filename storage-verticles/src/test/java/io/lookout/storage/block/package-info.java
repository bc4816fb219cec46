@NullMarked
package io.lookout.storage.block;

import org.jspecify.annotations.NullMarked;
