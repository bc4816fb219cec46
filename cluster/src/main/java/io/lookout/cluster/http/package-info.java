/** The HTTP edge: one server, and the endpoints that roles contribute. */
@NullMarked
package io.lookout.cluster.http;

import org.jspecify.annotations.NullMarked;
