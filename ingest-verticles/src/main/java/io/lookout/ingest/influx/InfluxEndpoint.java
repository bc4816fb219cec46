package io.lookout.ingest.influx;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.http.Tenants;
import io.lookout.ingest.http.Uploads;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * InfluxDB as a writing client sees it: {@code /write} of 1.x, {@code /api/v2/write} of 2.x, {@code
 * /ping}, and of {@code /query} what clients ask before they write.
 */
public final class InfluxEndpoint implements HttpEndpoint {
  static final String PROTOCOL = "influxdb";

  /** The version that is spoken: clients of 1.x take the path {@code /write} from it. */
  private static final String VERSION = "1.8.10";

  private static final Pattern CREATE =
      Pattern.compile(
          "\\s*CREATE\\s+DATABASE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?"
              + "(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s;\"]+)).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern SHOW = Pattern.compile("(?i)\\s*SHOW\\s+DATABASES\\s*;?\\s*");
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String NO_STATEMENT = "missing required parameter \"q\"";
  private static final int LONGEST_FORM = 64 << 10;

  private final Uploads uploads;
  private final PointBatches batches;
  private final Databases databases;
  private final Clock clock;

  public InfluxEndpoint(Uploads uploads, PointBatches batches, Databases databases, Clock clock) {
    this.uploads = uploads;
    this.batches = batches;
    this.databases = databases;
    this.clock = clock;
  }

  @Override
  public void mount(Router router) {
    for (String prefix : new String[] {"", "/influx"}) {
      router.post(prefix + "/write").handler(context -> version1(context.request()));
      router.get(prefix + "/write").handler(InfluxEndpoint::notAllowed);
      router.post(prefix + "/api/v2/write").handler(context -> version2(context.request()));
      router.get(prefix + "/ping").handler(InfluxEndpoint::pong);
      router.head(prefix + "/ping").handler(InfluxEndpoint::pong);
      router.get(prefix + "/query").handler(this::query);
      router.post(prefix + "/query").handler(this::form);
    }
    router.get("/health").handler(InfluxEndpoint::health);
  }

  private static void notAllowed(RoutingContext context) {
    context.response().putHeader("Allow", "OPTIONS, POST").setStatusCode(405).end();
  }

  private static void pong(RoutingContext context) {
    HttpServerResponse response = identified(context.response());
    String verbose = context.request().getParam("verbose", "");
    if (verbose.isEmpty() || verbose.equals("0") || verbose.equals("false")) {
      response.setStatusCode(204).end();
    } else {
      response
          .putHeader("Content-Type", "application/json")
          .end(new JsonObject().put("version", VERSION).encode());
    }
  }

  private static HttpServerResponse identified(HttpServerResponse response) {
    String id = UUID.randomUUID().toString();
    return response
        .putHeader("X-Influxdb-Version", VERSION)
        .putHeader("X-Influxdb-Build", "OSS")
        .putHeader("Request-Id", id)
        .putHeader("X-Request-Id", id);
  }

  private static void health(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Type", "application/json")
        .end("{\"name\":\"lookout\",\"message\":\"ready for writes\",\"status\":\"pass\"}");
  }

  private void version1(HttpServerRequest request) {
    write(request, request.getParam("db"), "database is required", new InfluxReply(false));
  }

  private void version2(HttpServerRequest request) {
    write(request, request.getParam("bucket"), "bucket is required", new InfluxReply(true));
  }

  private void write(
      HttpServerRequest request, @Nullable String database, String missing, InfluxReply reply) {
    uploads.take(
        PROTOCOL,
        request,
        reply,
        () -> {
          if (database == null || database.isEmpty()) {
            throw new LookoutException(ErrorCode.BAD_DATA, missing);
          }
          databases.add(database);
          Precision precision = Precision.of(request.getParam("precision"));
          LineDecoder decoder =
              new LineDecoder(
                  batches,
                  new LineDecoder.Target(Tenants.of(request), database, precision, clock.millis()));
          return (bytes, length) -> decoder.decode(bytes, length).decoded(length);
        });
  }

  /** The statement may be in a form as well as in the query of the URL. */
  private void form(RoutingContext context) {
    HttpServerRequest request = context.request();
    String type = request.getHeader("Content-Type");
    if (request.getParam("q") != null || type == null || !type.startsWith(FORM)) {
      query(context);
      return;
    }
    request.setExpectMultipart(true);
    request
        .handler(chunk -> {
          if (request.bytesRead() > LONGEST_FORM) {
            request.connection().close();
          }
        })
        .endHandler(end -> answer(context, request.getFormAttribute("q")));
  }

  private void query(RoutingContext context) {
    answer(context, context.request().getParam("q"));
  }

  private void answer(RoutingContext context, @Nullable String statement) {
    JsonObject result = new JsonObject().put("statement_id", 0);
    Matcher create = CREATE.matcher(statement == null ? "" : statement);
    int status = 200;
    if (create.matches()) {
      databases.add(
          create.group(1) == null ? create.group(2) : create.group(1).replaceAll("\\\\(.)", "$1"));
    } else if (statement != null && SHOW.matcher(statement).matches()) {
      result.put("series", new JsonArray().add(listed()));
    } else if (statement == null || statement.isBlank()) {
      status = 400;
    } else {
      result.put(
          "error", "only CREATE DATABASE and SHOW DATABASES are answered; query with PromQL");
    }
    JsonObject body =
        status == 200
            ? new JsonObject().put("results", new JsonArray().add(result))
            : new JsonObject().put("error", NO_STATEMENT);
    HttpServerResponse response = identified(context.response());
    if (status != 200) {
      response.putHeader("X-Influxdb-Error", NO_STATEMENT);
    }
    response.setStatusCode(status).putHeader("Content-Type", "application/json").end(body.encode());
  }

  private JsonObject listed() {
    JsonArray values = new JsonArray();
    databases.names().forEach(name -> values.add(new JsonArray().add(name)));
    return new JsonObject()
        .put("name", "databases")
        .put("columns", new JsonArray().add("name"))
        .put("values", values);
  }
}
