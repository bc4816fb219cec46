/**
 * What a plug-in implements. A jar names its classes in {@code META-INF/services}, and is put into
 * the directory that the setting {@code plugins.dir} names. This package changes only by additions.
 */
@NullMarked
package io.lookout.plugin;

import org.jspecify.annotations.NullMarked;
