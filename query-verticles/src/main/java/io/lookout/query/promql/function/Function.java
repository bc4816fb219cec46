package io.lookout.query.promql.function;

/** What a PromQL function computes. The kinds differ in what they look at at a time. */
public sealed interface Function
    permits RangeFunction, SampleFunction, VectorFunction, TimeFunction {}
