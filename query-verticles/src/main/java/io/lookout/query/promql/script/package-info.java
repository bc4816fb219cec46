/**
 * Prometheus's test language for PromQL: scripts that load samples, evaluate expressions and say
 * what must come out. Pure; what stores and evaluates is behind {@link
 * io.lookout.query.promql.script.ScriptStorage}.
 */
@NullMarked
package io.lookout.query.promql.script;

import org.jspecify.annotations.NullMarked;
