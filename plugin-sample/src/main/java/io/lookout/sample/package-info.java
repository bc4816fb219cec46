/** A filter and an exporter for Lookout. */
@NullMarked
package io.lookout.sample;

import org.jspecify.annotations.NullMarked;
