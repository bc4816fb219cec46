/** What every part of Lookout speaks of: series and their labels, matchers, samples, errors. */
@NullMarked
package io.lookout.model;

import org.jspecify.annotations.NullMarked;
