/** Plug-ins in a running Lookout. */
@NullMarked
package io.lookout.app.plugin;

import org.jspecify.annotations.NullMarked;
