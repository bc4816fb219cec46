package io.lookout.ingest.sofalookout;

import io.lookout.ingest.http.Answer;
import io.lookout.ingest.http.Reply;
import io.lookout.ingest.intake.Written;

/**
 * How the client wants to be answered: nothing but 200 is success, and whatever is not is followed
 * by a new search for a server. So records that were refused are a 200 too, with header {@code
 * Err}; only what may be sent again later is a failure, and {@code Wait-Minutes} is not used for
 * it.
 */
final class DatasReply implements Reply {
  private static final int LONGEST = 300;

  @Override
  public Answer written(Written written) {
    String text = written.rejections().text();
    return text.isEmpty() ? Answer.empty(200) : Answer.empty(200).with("Err", header(text));
  }

  @Override
  public Answer failed(int status, String message) {
    Answer answer = Answer.text(status, message + "\n").with("Err", header(message));
    return status == 403 ? answer.with("Wait-Minutes", "5") : answer;
  }

  private static String header(String message) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(message.length(), LONGEST); i++) {
      char c = message.charAt(i);
      text.append(c >= ' ' && c < 0x7f ? c : ' ');
    }
    return text.toString();
  }
}
