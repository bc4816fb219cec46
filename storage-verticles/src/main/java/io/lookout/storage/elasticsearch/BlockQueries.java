package io.lookout.storage.elasticsearch;

import io.lookout.model.Label;
import io.lookout.model.LabelPattern;
import io.lookout.model.Matcher;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.SelectRequest;
import io.lookout.storage.block.LabelTerm;
import io.lookout.storage.store.BlockRange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the engine is asked: for the blocks that may hold a wanted series. A matcher that accepts
 * the empty value says nothing about blocks, because a block is wanted for a series that lacks the
 * label. What the engine finds too much, label tables sort out; so an expression that is neither a
 * list of values nor begins with a text only asks for blocks that have the label.
 */
final class BlockQueries {
  /** Engines refuse queries of very many clauses; label tables decide alone for such. */
  private static final int MAX_SETS = 64;

  private static final int MAX_TERMS = 10_000;

  private BlockQueries() {}

  static JsonObject of(SelectRequest request) {
    return all(request.tenant(), request.minTime(), request.maxTime(), request.matchers());
  }

  static JsonObject of(LabelQuery query) {
    List<List<Matcher>> sets = query.matcherSets();
    if (sets.isEmpty() || sets.size() > MAX_SETS) {
      return all(query.tenant(), query.minTime(), query.maxTime(), List.of());
    }
    JsonArray any = new JsonArray();
    sets.forEach(set -> any.add(all(query.tenant(), query.minTime(), query.maxTime(), set)));
    return bool(new JsonObject().put("should", any).put("minimum_should_match", 1));
  }

  /** Blocks of these names. */
  static JsonObject of(List<String> ids) {
    return new JsonObject().put("ids", new JsonObject().put("values", new JsonArray(ids)));
  }

  /** Blocks whose windows begin in the range. */
  static JsonObject of(BlockRange range) {
    return filter(
        JsonArray.of(
            range(
                BlockMapping.WINDOW,
                new JsonObject().put("gte", range.from()).put("lt", range.to()))));
  }

  /** Blocks that have a sample at this time or later. */
  static JsonObject notBefore(long time) {
    return filter(JsonArray.of(range(BlockMapping.MAX_TIME, new JsonObject().put("gte", time))));
  }

  private static JsonObject all(String tenant, long minTime, long maxTime, List<Matcher> matchers) {
    JsonArray all =
        JsonArray.of(
            one("term", BlockMapping.TENANT, tenant),
            range(BlockMapping.MIN_TIME, new JsonObject().put("lte", maxTime)),
            range(BlockMapping.MAX_TIME, new JsonObject().put("gte", minTime)));
    for (Matcher matcher : matchers) {
      if (!matcher.matches("")) {
        all.add(clause(matcher));
      }
    }
    return filter(all);
  }

  private static JsonObject clause(Matcher matcher) {
    return Optional.of(matcher)
        .filter(positive -> !positive.isNegative())
        .flatMap(BlockQueries::ofValues)
        .orElseGet(() -> hasLabel(matcher.name()));
  }

  private static Optional<JsonObject> ofValues(Matcher matcher) {
    return switch (matcher.pattern()) {
      case LabelPattern.Literal(String value) ->
          Optional.of(one("term", field(matcher), term(matcher, value)));
      case LabelPattern.OneOf(Set<String> values) -> oneOf(matcher, values);
      case LabelPattern.Affixes affixes -> beginsWith(matcher, affixes.prefix());
      case LabelPattern.Contains ignored -> Optional.empty();
      case LabelPattern.Regex ignored -> Optional.empty();
    };
  }

  private static Optional<JsonObject> beginsWith(Matcher matcher, String prefix) {
    return prefix.isEmpty()
        ? Optional.empty()
        : Optional.of(one("prefix", field(matcher), term(matcher, prefix)));
  }

  private static Optional<JsonObject> oneOf(Matcher matcher, Set<String> values) {
    if (values.size() > MAX_TERMS) {
      return Optional.empty();
    }
    JsonArray terms = new JsonArray();
    values.stream().sorted().map(value -> term(matcher, value)).forEach(terms::add);
    return Optional.of(new JsonObject().put("terms", new JsonObject().put(field(matcher), terms)));
  }

  private static boolean isMetric(Matcher matcher) {
    return matcher.name().equals(Label.METRIC_NAME);
  }

  private static String field(Matcher matcher) {
    return isMetric(matcher) ? BlockMapping.METRIC : BlockMapping.LABELS;
  }

  private static String term(Matcher matcher, String value) {
    return isMetric(matcher) ? LabelTerm.ofValue(value) : LabelTerm.of(matcher.name(), value);
  }

  /** Blocks some of whose series have the label. */
  private static JsonObject hasLabel(String name) {
    return name.equals(Label.METRIC_NAME)
        ? bool(new JsonObject().put("must_not", one("term", BlockMapping.METRIC, "")))
        : one("term", BlockMapping.LABEL_NAMES, LabelTerm.name(LabelTerm.prefix(name)));
  }

  private static JsonObject one(String kind, String field, String value) {
    return new JsonObject()
        .put(kind, new JsonObject().put(field, new JsonObject().put("value", value)));
  }

  private static JsonObject range(String field, JsonObject bounds) {
    return new JsonObject().put("range", new JsonObject().put(field, bounds));
  }

  private static JsonObject filter(JsonArray clauses) {
    return bool(new JsonObject().put("filter", clauses));
  }

  private static JsonObject bool(JsonObject clauses) {
    return new JsonObject().put("bool", clauses);
  }
}
