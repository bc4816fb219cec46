/** Federation: the newest sample of each series, in the formats that scrapers read. */
@NullMarked
package io.lookout.query.federate;

import org.jspecify.annotations.NullMarked;
