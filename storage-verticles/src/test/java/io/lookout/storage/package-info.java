@NullMarked
package io.lookout.storage;

import org.jspecify.annotations.NullMarked;
