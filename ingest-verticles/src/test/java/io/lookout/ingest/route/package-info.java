@NullMarked
package io.lookout.ingest.route;

import org.jspecify.annotations.NullMarked;
