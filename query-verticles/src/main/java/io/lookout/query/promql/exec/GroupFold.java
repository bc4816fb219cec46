package io.lookout.query.promql.exec;

import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Folds the series of a stream into groups, in parts of consecutive series:
 *
 * <pre>
 *   series   0 … 255 │ 256 … 511 │ 512 … 767      a part a task, any thread
 *   merged      1st        2nd         3rd        in order, as soon as it is a part's turn
 * </pre>
 */
final class GroupFold {
  private static final int MIN_SERIES_A_PART = 64;
  private static final int MAX_PARTS = 64;

  /** Groups as far as a part, or all parts so far, know them. */
  private static final class Part {
    final @Nullable Accumulator[] groups;

    /** Whether a sample of the last step that there is one at says that the name goes. */
    final boolean[] dropName;

    final int[] last;

    Part(int groups) {
      this.groups = new Accumulator[groups];
      this.dropName = new boolean[groups];
      this.last = new int[groups];
    }

    void add(int group, SeriesSteps series, Supplier<Accumulator> maker) {
      Accumulator accumulator = groups[group];
      if (accumulator == null) {
        accumulator = maker.get();
        groups[group] = accumulator;
      }
      accumulator.add(series);
      note(group, series.last(), series.dropName());
    }

    private void note(int group, int step, boolean drop) {
      if (step > last[group]) {
        last[group] = step;
        dropName[group] = drop;
      } else if (step == last[group]) {
        dropName[group] |= drop;
      }
    }

    void merge(Part later) {
      for (int i = 0; i < groups.length; i++) {
        Accumulator mine = groups[i];
        Accumulator other = later.groups[i];
        if (mine == null) {
          groups[i] = other;
        } else if (other != null) {
          mine.merge(other);
        }
        if (other != null) {
          note(i, later.last[i], later.dropName[i]);
        }
      }
    }
  }

  private final SeriesStream stream;
  private final Grouping grouping;
  private final Supplier<Accumulator> maker;
  private final Part total;
  private final Map<Integer, Part> waiting = new HashMap<>();
  private int turn;

  GroupFold(SeriesStream stream, Grouping grouping, Supplier<Accumulator> maker) {
    this.stream = stream;
    this.grouping = grouping;
    this.maker = maker;
    this.total = new Part(grouping.labels().size());
  }

  List<SeriesSteps> run(Workers workers) {
    int size = stream.size();
    int a = Math.max(MIN_SERIES_A_PART, (size + MAX_PARTS - 1) / MAX_PARTS);
    workers.run(
        (size + a - 1) / a,
        () -> {
          SeriesStream.Cursor cursor = stream.cursor();
          return task -> merge(task, fold(cursor, task * a, Math.min(size, (task + 1) * a)));
        });
    return results();
  }

  private Part fold(SeriesStream.Cursor cursor, int from, int to) {
    Part part = new Part(grouping.labels().size());
    for (int i = from; i < to; i++) {
      SeriesSteps series = cursor.get(i);
      if (series != null) {
        part.add(grouping.groupOf()[i], series, maker);
      }
    }
    return part;
  }

  private synchronized void merge(int task, Part part) {
    waiting.put(task, part);
    for (Part next = waiting.remove(turn); next != null; next = waiting.remove(turn)) {
      total.merge(next);
      turn++;
    }
  }

  private List<SeriesSteps> results() {
    List<SeriesSteps> results = new ArrayList<>();
    for (int i = 0; i < total.groups.length; i++) {
      Accumulator accumulator = total.groups[i];
      if (accumulator != null) {
        accumulator.results(grouping.labels().get(i), total.dropName[i], results);
      }
    }
    results.removeIf(SeriesSteps::isEmpty);
    return results;
  }
}
