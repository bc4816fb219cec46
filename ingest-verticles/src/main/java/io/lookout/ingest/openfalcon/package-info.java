/** Open-Falcon's agent and transfer: JSON-RPC over TCP, and pushes over HTTP. */
@NullMarked
package io.lookout.ingest.openfalcon;

import org.jspecify.annotations.NullMarked;
