package io.lookout.app.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request that both servers are to answer alike. Files have one after the other:
 *
 * <pre>
 * METHOD TARGET
 *   Header: value
 *   > body; {x*1000} stands for a thousand times x, in targets too
 *   ! why the answers differ, where they do on purpose
 * </pre>
 *
 * @param difference why the answers differ; empty where they must not
 */
record ApiRequest(
    String method, String target, List<String> headers, String body, String difference) {
  private static final Pattern REPEATED = Pattern.compile("\\{(.)\\*(\\d+)}");

  static List<ApiRequest> read(Path file) throws IOException {
    List<ApiRequest> requests = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("  ")) {
        requests.add(requests.remove(requests.size() - 1).with(line.strip()));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = expanded(line).split(" ", 2);
        requests.add(new ApiRequest(parts[0], parts[1], List.of(), "", ""));
      }
    }
    return requests;
  }

  private ApiRequest with(String line) {
    if (line.startsWith("> ")) {
      return new ApiRequest(method, target, headers, expanded(line.substring(2)), difference);
    }
    if (line.startsWith("! ")) {
      return new ApiRequest(method, target, headers, body, line.substring(2));
    }
    List<String> more = new ArrayList<>(headers);
    more.add(line);
    return new ApiRequest(method, target, more, body, difference);
  }

  private static String expanded(String line) {
    return REPEATED.matcher(line).replaceAll(ApiRequest::repeated);
  }

  private static String repeated(MatchResult found) {
    return Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2))));
  }

  @Override
  public String toString() {
    String text = method + " " + target + " " + headers + (body.isEmpty() ? "" : " > " + body);
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }
}
