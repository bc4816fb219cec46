@NullMarked
package io.lookout.model.text;

import org.jspecify.annotations.NullMarked;
