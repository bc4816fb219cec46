/** The SDK against a started Lookout. */
@NullMarked
package io.lookout.app.sdk;

import org.jspecify.annotations.NullMarked;
