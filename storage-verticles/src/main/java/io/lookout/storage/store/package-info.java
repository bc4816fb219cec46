/** Where sealed blocks are kept: the interface that every block store has. */
@NullMarked
package io.lookout.storage.store;

import org.jspecify.annotations.NullMarked;
