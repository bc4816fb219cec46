/** The functions of PromQL: small objects in a registry, a file for each family. Pure. */
@NullMarked
package io.lookout.query.promql.function;

import org.jspecify.annotations.NullMarked;
