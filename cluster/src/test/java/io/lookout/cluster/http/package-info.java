@NullMarked
package io.lookout.cluster.http;

import org.jspecify.annotations.NullMarked;
