package io.lookout.query.promql.parse;

import io.lookout.query.promql.ast.VectorMatching;

/** What stands between a binary operator and its right side. */
record BinaryModifiers(boolean returnBool, VectorMatching matching) {}
