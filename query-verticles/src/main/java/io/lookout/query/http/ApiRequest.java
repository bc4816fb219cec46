package io.lookout.query.http;

import java.util.function.Consumer;

/**
 * A request whose parameters have been read.
 *
 * @param onClose takes what is to be done when the client goes away before the answer
 */
record ApiRequest(String tenant, String path, Parameters parameters, Consumer<Runnable> onClose) {}
