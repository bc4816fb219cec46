package io.lookout.query.promql.ast;

/** What an expression evaluates to. */
public enum ValueType {
  SCALAR("scalar", "scalar"),
  STRING("string", "string"),
  VECTOR("vector", "instant vector"),
  MATRIX("matrix", "range vector");

  private final String apiName;
  private final String documentedName;

  ValueType(String apiName, String documentedName) {
    this.apiName = apiName;
    this.documentedName = documentedName;
  }

  /** As {@code resultType} of the query API has it. */
  public String apiName() {
    return apiName;
  }

  /** As error messages have it. */
  public String documentedName() {
    return documentedName;
  }
}
