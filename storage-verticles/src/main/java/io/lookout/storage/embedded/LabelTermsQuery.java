package io.lookout.storage.embedded;

import io.lookout.model.Matcher;
import io.lookout.storage.block.LabelTerm;
import java.io.IOException;
import org.apache.lucene.index.FilteredTermsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.AttributeSource;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * Blocks in which some series has the matcher's label with a value that it accepts: walks the terms
 * of the label name and asks the matcher. Our own pattern decides, so that the index and the label
 * tables never disagree about a regular expression.
 */
final class LabelTermsQuery extends MultiTermQuery {
  private final Matcher matcher;

  /**
   * @param field {@link BlockFields#METRIC}, whose terms are values, or {@link BlockFields#LABELS}
   */
  LabelTermsQuery(String field, Matcher matcher) {
    super(field, CONSTANT_SCORE_BLENDED_REWRITE);
    this.matcher = matcher;
  }

  @Override
  protected TermsEnum getTermsEnum(Terms terms, AttributeSource attributes) throws IOException {
    String prefix = field.equals(BlockFields.METRIC) ? "" : LabelTerm.prefix(matcher.name());
    return new Accepted(terms.iterator(), new BytesRef(prefix));
  }

  private final class Accepted extends FilteredTermsEnum {
    private final BytesRef prefix;

    Accepted(TermsEnum terms, BytesRef prefix) {
      super(terms);
      this.prefix = prefix;
      setInitialSeekTerm(prefix);
    }

    @Override
    protected AcceptStatus accept(BytesRef term) {
      if (!StringHelper.startsWith(term, prefix)) {
        return AcceptStatus.END;
      }
      String value =
          new BytesRef(term.bytes, term.offset + prefix.length, term.length - prefix.length)
              .utf8ToString();
      return LabelTerm.isCutValue(value) || matcher.matches(value)
          ? AcceptStatus.YES
          : AcceptStatus.NO;
    }
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String defaultField) {
    return field + ":" + matcher;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other) && other instanceof LabelTermsQuery q && q.matcher.equals(matcher);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + matcher.hashCode();
  }
}
