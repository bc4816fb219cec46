package io.lookout.ingest.metricbeat;

import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.metricbeat.BulkItem.Problem;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the lines of a bulk request, an action and a document in turn, into samples. A document
 * counts for itself; a line that is no action makes the request unreadable, as it does for
 * Elasticsearch. Not thread-safe.
 */
public final class BulkDecoder {
  /** A request that teaches something new of names again and again is taken as it is. */
  private static final int MOST_ATTEMPTS = 4;

  private final PointBatches batches;
  private final EventFields known;
  private final int mostItems;
  private List<BulkItem> items = new ArrayList<>();
  private byte[] bytes = {};
  private int length;
  private int line;
  private long now;
  private BulkAction action = new BulkAction("", "", null);

  /** What an attempt to decode a request reads events with, and what it fills. */
  private record Target(EventReader reader, PointBatch batch, EventSeries series) {}

  /** Where the line of {@link #action} was: most have the same. */
  private int actionBegin;

  private int actionEnd;

  /**
   * @param known fields, which all decoders share, apart for each tenant
   * @param mostItems that a request may have
   */
  public BulkDecoder(PointBatches batches, EventFields known, int mostItems) {
    this.batches = batches;
    this.known = known;
    this.mostItems = mostItems;
  }

  /** What has become of each action of the request that was decoded last. */
  BulkItems items() {
    return new BulkItems(items);
  }

  /**
   * Reads {@code from[0..to)}.
   *
   * @param index of actions that name none
   * @param at the time of events that have none, ms
   * @throws LookoutException {@code BAD_DATA} for what is no bulk request, {@code TOO_LARGE} for
   *     too many items or samples
   */
  public PointBatch decode(String tenant, String index, byte[] from, int to, long at) {
    bytes = from;
    length = to;
    now = at;
    Fields fields = known.of(tenant);
    EventReader reader = new EventReader(fields);
    for (int left = MOST_ATTEMPTS; ; left--) {
      int edition = fields.edition();
      Repeats repeats = new Repeats(fields);
      PointBatch batch = batches.batch(tenant, length);
      EventSeries series = new EventSeries(batches.index(), fields, batch, repeats);
      attempt(index, new Target(reader, batch, series));
      boolean settled = fields.edition() == edition && !repeats.found();
      if (settled || left == 1) {
        return batch;
      }
    }
  }

  private void attempt(String index, Target target) {
    items = new ArrayList<>();
    line = 0;
    actionBegin = 0;
    actionEnd = 0;
    int begin = 0;
    while (begin < length) {
      int end = lineEnd(begin);
      if (!isBlank(begin, end)) {
        end = item(begin, end, index, target);
      }
      begin = end + 1;
    }
    if (items.isEmpty()) {
      throw new LookoutException(ErrorCode.BAD_DATA, "request body is required");
    }
  }

  private int lineEnd(int begin) {
    line++;
    int end = begin;
    while (end < length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  private boolean isBlank(int begin, int end) {
    for (int i = begin; i < end; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\r' && bytes[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  /** Reads an action and its document; returns where that ends. */
  private int item(int begin, int end, String index, Target target) {
    if (items.size() == mostItems) {
      throw new LookoutException(
          ErrorCode.TOO_LARGE,
          "request has more than " + mostItems + " items (metricbeat.bulk.items)");
    }
    if (!isSameAction(begin, end)) {
      action = BulkAction.read(bytes, begin, end, line, index);
      actionBegin = begin;
      actionEnd = end;
    }
    if (!action.hasDocument()) {
      refuse(target.batch(), 404, "document_missing_exception", "nothing is deleted here");
      return end;
    }
    int documentBegin = end + 1;
    if (documentBegin >= length) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "the document behind the action of line " + line + " is missing");
    }
    int documentEnd = lineEnd(documentBegin);
    if (action.writes()) {
      event(documentBegin, documentEnd, target);
    } else {
      refuse(target.batch(), 400, Problem.REFUSED, "nothing is updated here: events are created");
    }
    return documentEnd;
  }

  private boolean isSameAction(int begin, int end) {
    return actionEnd > actionBegin
        && Arrays.equals(bytes, begin, end, bytes, actionBegin, actionEnd);
  }

  private void event(int begin, int end, Target target) {
    PointBatch batch = target.batch();
    EventSeries series = target.series();
    int refusedBefore = refused(batch, series);
    int samplesBefore = batch.sampleCount();
    long time = now;
    Problem problem = null;
    try {
      Event event = target.reader().read(bytes, begin, end);
      time = time(event);
      problem = add(event, time, batch, series);
    } catch (LookoutException e) {
      if (e.code() != ErrorCode.BAD_DATA) {
        throw e;
      }
      problem = new Problem(400, Problem.PARSING, String.valueOf(e.getMessage()));
      batch.reject(Reason.MALFORMED, 1, problem.reason());
    }
    int refused = refused(batch, series) - refusedBefore;
    int samples = batch.sampleCount() - samplesBefore;
    if (problem == null && refused > 0) {
      String of = refused + " of " + (refused + samples) + " samples are refused: ";
      problem = new Problem(400, Problem.REFUSED, of + batch.rejections().text());
    }
    items.add(new BulkItem(action.name(), action.index(), action.id(), problem, time, samples));
  }

  /** What is left out without being an error does not count. */
  private static int refused(PointBatch batch, EventSeries series) {
    return batch.rejections().samples() - series.dropped();
  }

  private long time(Event event) {
    String text = event.control(Control.TIMESTAMP);
    return text.isEmpty() ? now : EventTime.millis(text);
  }

  private @Nullable Problem add(Event event, long time, PointBatch batch, EventSeries series) {
    if (event.metricset().isEmpty()) {
      return refused(
          batch, Reason.MALFORMED, "no metricset.name: only events of Metricbeat are taken");
    }
    if (time == EventTime.INVALID) {
      String shown = event.control(Control.TIMESTAMP);
      return refused(batch, Reason.INVALID_TIME, "@timestamp is no time: " + shown);
    }
    return series.add(event, time)
        ? null
        : refused(
            batch,
            Reason.TOO_MANY_LABELS,
            "the event has more than " + Identity.MOST_LABELS + " labels");
  }

  private static Problem refused(PointBatch batch, Reason reason, String message) {
    Problem problem = new Problem(400, Problem.PARSING, message);
    batch.reject(reason, 1, problem.reason());
    return problem;
  }

  private void refuse(PointBatch batch, int status, String type, String reason) {
    batch.reject(Reason.UNSUPPORTED, 1, reason);
    items.add(
        new BulkItem(
            action.name(), action.index(), action.id(), new Problem(status, type, reason), now, 0));
  }
}
