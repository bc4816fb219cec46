/** Asks storage nodes for series and labels, and puts their answers together. */
@NullMarked
package io.lookout.query.select;

import org.jspecify.annotations.NullMarked;
