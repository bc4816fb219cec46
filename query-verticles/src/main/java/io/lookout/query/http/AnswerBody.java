package io.lookout.query.http;

import java.util.List;

/** The whole body of an answer: the envelope around its data. */
final class AnswerBody {
  private final ApiAnswer answer;
  private boolean begun;

  AnswerBody(ApiAnswer answer) {
    this.answer = answer;
  }

  /** As {@link ApiData#write}. */
  boolean write(JsonBytes out) {
    if (!begun) {
      begun = true;
      out.raw("{\"status\":\"success\",\"data\":");
    }
    if (answer.data().write(out)) {
      return true;
    }
    strings(out, ",\"warnings\":", answer.warnings());
    strings(out, ",\"infos\":", answer.infos());
    out.raw('}');
    return false;
  }

  private static void strings(JsonBytes out, String key, List<String> strings) {
    if (!strings.isEmpty()) {
      out.raw(key);
      char separator = '[';
      for (String each : strings) {
        out.raw(separator).string(each);
        separator = ',';
      }
      out.raw(']');
    }
  }
}
