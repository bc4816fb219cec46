/** Remote read 1.0: the messages that Prometheus fetches samples with, as samples and as chunks. */
@NullMarked
package io.lookout.query.remoteread;

import org.jspecify.annotations.NullMarked;
