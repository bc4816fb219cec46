@NullMarked
package io.lookout.sdk;

import org.jspecify.annotations.NullMarked;
