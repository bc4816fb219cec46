package io.lookout.app.differential;

import io.lookout.app.repository.Repository;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares answers to requests as they come over the wire: status, the headers that clients look
 * at, and bodies, without what no two servers can have in common (how long something took).
 */
final class ApiComparison {
  /** Those that the build asks. */
  static final Path REQUESTS = Repository.file("app/src/test/resources/api/requests.txt");

  private static final List<String> HEADERS =
      List.of(
          "content-type", "allow", "location", "vary", "cache-control", "x-content-type-options");

  /** How long something took, and what trees of expressions do not tell in all releases. */
  private static final Set<String> LEFT_OUT =
      Set.of("timings", "anchored", "smoothed", "fillValues");

  private final URI here;
  private final URI there;

  ApiComparison(URI here, URI there) {
    this.here = here;
    this.there = there;
  }

  /** {@code LOOKOUT PROMETHEUS [FILE]}: both without data, which are loaded first. */
  public static void main(String[] args) throws Exception {
    DataSet data = DataSet.of(1, Instant.parse("2026-11-20T00:00:00Z").toEpochMilli());
    new Server(args[0]).load(data);
    new Server(args[1]).load(data);
    List<ApiRequest> requests = ApiRequest.read(args.length > 2 ? Path.of(args[2]) : REQUESTS);
    List<String> differences =
        new ApiComparison(URI.create(args[0]), URI.create(args[1])).run(requests);
    differences.forEach(System.out::println);
    System.out.println(requests.size() + " requests, " + differences.size() + " differences");
    System.exit(differences.isEmpty() ? 0 : 1);
  }

  /** One text for each request that is not answered as it ought to be. */
  List<String> run(List<ApiRequest> requests) throws IOException {
    List<String> differences = new ArrayList<>();
    for (ApiRequest request : requests) {
      String lookout = text(RawExchange.of(here, request));
      String prometheus = text(RawExchange.of(there, request));
      if (request.difference().isEmpty() != lookout.equals(prometheus)) {
        differences.add(
            request
                + (lookout.equals(prometheus) ? "\n  are alike, and were not to be" : "")
                + "\n  Lookout    "
                + lookout
                + "\n  Prometheus "
                + prometheus);
      }
    }
    return differences;
  }

  private static String text(RawExchange answer) {
    String text = answer.status() + " " + answer.only(HEADERS) + " " + body(answer.body());
    return text.length() > 2000 ? text.substring(0, 2000) + "… " + text.hashCode() : text;
  }

  private static String body(String body) {
    if (!body.startsWith("{")) {
      return body;
    }
    try {
      JsonObject json = new JsonObject(body);
      if (json.getValue("data") instanceof JsonArray data) {
        json.put("data", sorted(data));
      } else if (json.getValue("data") instanceof JsonObject data
          && data.getValue("result") instanceof JsonArray result) {
        data.put("result", sorted(result));
      }
      return Json.encode(comparable(json));
    } catch (DecodeException e) {
      return body;
    }
  }

  /** Vectors are in no order that anybody may rely on; but scalars are time and value. */
  private static JsonArray sorted(JsonArray array) {
    return array.stream().anyMatch(JsonObject.class::isInstance)
        ? new JsonArray(
            array.stream()
                .sorted(Comparator.comparing(each -> Json.encode(comparable(each))))
                .map(Object.class::cast)
                .toList())
        : array;
  }

  /** Members in the order of their names, without those that differ from run to run. */
  private static Object comparable(Object value) {
    if (value instanceof JsonObject object) {
      JsonObject ordered = new JsonObject(new TreeMap<>());
      object.stream()
          .filter(member -> !LEFT_OUT.contains(member.getKey()))
          .forEach(member -> ordered.put(member.getKey(), comparable(member.getValue())));
      return ordered;
    }
    return value instanceof JsonArray array
        ? new JsonArray(
            array.stream().map(ApiComparison::comparable).map(Object.class::cast).toList())
        : value;
  }
}
