package io.lookout.ingest.route;

import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.vertx.core.Future;
import java.util.List;

/**
 * Several destinations that each get every batch. A sender is told that its samples are safe when
 * all of them have them: one that is down makes the sender come again, and none misses a sample.
 */
public record Destinations(List<Destination> all) implements Destination {
  public Destinations {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("samples have nowhere to go");
    }
  }

  /** The answer is that of the first destination: it alone looks at what the samples are. */
  @Override
  public Future<WriteResult> write(WriteBatch batch) {
    List<Future<WriteResult>> answers = all.stream().map(each -> each.write(batch)).toList();
    return answers.size() == 1
        ? answers.getFirst()
        : Future.join(answers).map(done -> answers.getFirst().result());
  }
}
