/** Clients of the query API that others wrote, run against a started Lookout. */
@NullMarked
package io.lookout.app.clients;

import org.jspecify.annotations.NullMarked;
