package io.lookout.query.promql.function;

/**
 * A function as the registry has it.
 *
 * @param keepsName whether results keep the metric name of what they are computed from. Without
 *     meaning for vector functions, which decide for themselves
 * @param ordered whether the order of its result means something in an instant query
 */
public record FunctionEntry(String name, Function function, boolean keepsName, boolean ordered) {}
