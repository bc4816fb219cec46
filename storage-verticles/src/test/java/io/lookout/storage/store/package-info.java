@NullMarked
package io.lookout.storage.store;

import org.jspecify.annotations.NullMarked;
