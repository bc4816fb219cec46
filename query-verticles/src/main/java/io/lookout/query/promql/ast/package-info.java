/** The syntax tree of PromQL: immutable records, each with its place in the text. Pure. */
@NullMarked
package io.lookout.query.promql.ast;

import org.jspecify.annotations.NullMarked;
