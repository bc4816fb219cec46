@NullMarked
package io.lookout.query.http;

import org.jspecify.annotations.NullMarked;
