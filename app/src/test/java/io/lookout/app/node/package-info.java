@NullMarked
package io.lookout.app.node;

import org.jspecify.annotations.NullMarked;
