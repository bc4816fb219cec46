@NullMarked
package io.lookout.app.tsdb;

import org.jspecify.annotations.NullMarked;
