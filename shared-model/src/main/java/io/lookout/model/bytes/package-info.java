/** Writing and reading compact binary forms: varints, zigzag, doubles, text, all bounded. */
@NullMarked
package io.lookout.model.bytes;

import org.jspecify.annotations.NullMarked;
