package io.lookout.ingest.metricbeat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.lookout.ingest.http.Answer;
import io.lookout.ingest.http.Reply;
import io.lookout.ingest.intake.Written;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How Elasticsearch answers a bulk request: 200, with the outcome of each item in its place. Of one
 * request.
 */
final class BulkReply implements Reply {
  private static final JsonFactory JSON = new JsonFactory();

  private final String mediaType;
  private final boolean brief;
  private final long begin = System.nanoTime();

  /** Known when the body is decoded, on whatever thread. */
  private volatile BulkItems items = new BulkItems(List.of());

  /**
   * @param brief the sender asks for statuses and errors alone, as Beats do from version 7 on
   */
  BulkReply(String mediaType, boolean brief) {
    this.mediaType = mediaType;
    this.brief = brief;
  }

  void items(BulkItems decoded) {
    items = decoded;
  }

  @Override
  public Answer written(Written written) {
    BulkItems outcome = items.after(written);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + 64 * outcome.list().size());
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeBooleanField("errors", outcome.anyFailed());
      json.writeNumberField("took", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
      json.writeArrayFieldStart("items");
      for (int i = 0; i < outcome.list().size(); i++) {
        item(json, outcome.list().get(i), i);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return product(Answer.of(200, mediaType, bytes.toByteArray()));
  }

  private void item(JsonGenerator json, BulkItem item, int place) throws IOException {
    BulkItem.Problem problem = item.problem();
    json.writeStartObject();
    json.writeObjectFieldStart(item.action());
    if (!brief) {
      json.writeStringField("_index", item.index());
      String id = item.id();
      json.writeStringField("_id", id == null ? Long.toString(begin, 36) + "-" + place : id);
      if (problem == null) {
        json.writeNumberField("_version", 1);
        json.writeStringField("result", "created");
        json.writeNumberField("_seq_no", place);
        json.writeNumberField("_primary_term", 1);
      }
    }
    json.writeNumberField("status", problem == null ? 201 : problem.status());
    if (problem != null) {
      json.writeObjectFieldStart("error");
      json.writeStringField("type", problem.type());
      json.writeStringField("reason", problem.reason());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  @Override
  public Answer failed(int status, String message) {
    return product(Answer.of(status, mediaType, ElasticsearchError.json(status, message)));
  }

  private static Answer product(Answer answer) {
    return answer.with(MediaType.PRODUCT_HEADER, MediaType.PRODUCT);
  }
}
