package io.lookout.query.promql.ast;

/** How a selector treats the edges of its range. */
public enum SelectorMode {
  PLAIN(""),
  ANCHORED("anchored"),
  SMOOTHED("smoothed");

  private final String keyword;

  SelectorMode(String keyword) {
    this.keyword = keyword;
  }

  public String keyword() {
    return keyword;
  }
}
