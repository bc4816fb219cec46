/** What an operator can have done to the samples of a storage node: deletion, snapshots. */
@NullMarked
package io.lookout.storage.admin;

import org.jspecify.annotations.NullMarked;
