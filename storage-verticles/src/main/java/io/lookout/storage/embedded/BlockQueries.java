package io.lookout.storage.embedded;

import io.lookout.model.Label;
import io.lookout.model.Matcher;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.SelectRequest;
import io.lookout.storage.block.LabelTerm;
import java.util.List;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * What Lucene is asked: for the blocks that may hold a wanted series. A matcher that accepts the
 * empty value says nothing about blocks, because a block is wanted for a series that lacks the
 * label. Which series of a block are wanted is decided by its label table.
 */
final class BlockQueries {
  /** Lucene refuses queries of very many clauses; label tables decide alone for such. */
  private static final int MAX_SETS = 64;

  private BlockQueries() {}

  /** For the blocks of all times. */
  static Query ofAnyTime(SelectRequest request) {
    return all(new BooleanQuery.Builder(), request.tenant(), request.matchers());
  }

  static Query of(LabelQuery query) {
    if (query.matcherSets().isEmpty() || query.matcherSets().size() > MAX_SETS) {
      return all(query.tenant(), query.minTime(), query.maxTime(), List.of());
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (List<Matcher> matchers : query.matcherSets()) {
      any.add(all(query.tenant(), query.minTime(), query.maxTime(), matchers), Occur.SHOULD);
    }
    return any.build();
  }

  private static Query all(String tenant, long minTime, long maxTime, List<Matcher> matchers) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    all.add(LongPoint.newRangeQuery(BlockFields.MIN_TIME, Long.MIN_VALUE, maxTime), Occur.FILTER);
    all.add(LongPoint.newRangeQuery(BlockFields.MAX_TIME, minTime, Long.MAX_VALUE), Occur.FILTER);
    return all(all, tenant, matchers);
  }

  private static Query all(BooleanQuery.Builder all, String tenant, List<Matcher> matchers) {
    all.add(new TermQuery(new Term(BlockFields.TENANT, tenant)), Occur.FILTER);
    for (Matcher matcher : matchers) {
      if (!matcher.matches("")) {
        all.add(term(matcher), Occur.FILTER);
      }
    }
    return all.build();
  }

  private static Query term(Matcher matcher) {
    boolean metric = matcher.name().equals(Label.METRIC_NAME);
    String field = metric ? BlockFields.METRIC : BlockFields.LABELS;
    if (matcher.type() != Matcher.Type.EQUAL) {
      return new LabelTermsQuery(field, matcher);
    }
    String term =
        metric ? LabelTerm.ofValue(matcher.value()) : LabelTerm.of(matcher.name(), matcher.value());
    return new TermQuery(new Term(field, term));
  }
}
