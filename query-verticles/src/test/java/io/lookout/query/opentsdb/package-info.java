@NullMarked
package io.lookout.query.opentsdb;

import org.jspecify.annotations.NullMarked;
