/** Answers of several storage nodes as one. */
@NullMarked
package io.lookout.query.select;

import org.jspecify.annotations.NullMarked;
