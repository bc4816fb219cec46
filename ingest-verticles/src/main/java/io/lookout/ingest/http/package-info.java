/** What the HTTP ingest paths have in common: bodies, tenants, answers. */
@NullMarked
package io.lookout.ingest.http;

import org.jspecify.annotations.NullMarked;
