@NullMarked
package io.lookout.app.transfer;

import org.jspecify.annotations.NullMarked;
