@NullMarked
package io.lookout.storage.elasticsearch;

import org.jspecify.annotations.NullMarked;
