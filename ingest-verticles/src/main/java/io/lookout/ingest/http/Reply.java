package io.lookout.ingest.http;

import io.lookout.ingest.intake.Written;
import io.lookout.ingest.pipeline.Rejections;

/** How a protocol tells a sender what has become of a request. */
public interface Reply {
  /** Everything that was not refused is durable. */
  Answer written(Written written);

  /**
   * Nothing can be said of the whole.
   *
   * @param status that the failure maps to; {@code Retry-After} is added where it belongs
   */
  Answer failed(int status, String message);

  /** An empty answer where all is well, lines of text where not. */
  static Reply plain(int success) {
    return new Reply() {
      @Override
      public Answer written(Written written) {
        Rejections rejections = written.rejections();
        return rejections.isEmpty()
            ? Answer.empty(success)
            : Answer.text(400, rejections.text() + "\n");
      }

      @Override
      public Answer failed(int status, String message) {
        return Answer.text(status, message + "\n");
      }
    };
  }
}
