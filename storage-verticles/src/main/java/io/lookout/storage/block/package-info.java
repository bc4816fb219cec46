/**
 * Block documents: many series of one metric and one window in one document, and where they are
 * kept.
 */
@NullMarked
package io.lookout.storage.block;

import org.jspecify.annotations.NullMarked;
