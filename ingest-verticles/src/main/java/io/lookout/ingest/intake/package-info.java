/** What all protocols hand their batches to: the pipeline and the router behind one method. */
@NullMarked
package io.lookout.ingest.intake;

import org.jspecify.annotations.NullMarked;
