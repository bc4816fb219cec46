/** Shards, block stores and what a storage node answers. */
@NullMarked
package io.lookout.storage;

import org.jspecify.annotations.NullMarked;
