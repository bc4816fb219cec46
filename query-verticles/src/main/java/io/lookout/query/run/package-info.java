/** Runs queries: admits them, fetches what they need, evaluates them within their limits. */
@NullMarked
package io.lookout.query.run;

import org.jspecify.annotations.NullMarked;
