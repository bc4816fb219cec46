package io.lookout.app.repository;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The fenced blocks of a document. */
public record Markdown(Path file, List<Block> blocks) {
  /**
   * A fenced block.
   *
   * @param language as it stands after the fence, or empty
   * @param heading the nearest heading above, without its marks
   */
  public record Block(String language, String heading, String text) {}

  public static Markdown of(Path file) {
    List<Block> blocks = new ArrayList<>();
    String heading = "";
    String language = "";
    boolean inside = false;
    StringBuilder text = new StringBuilder();
    for (String line : Repository.text(file).lines().toList()) {
      if (line.startsWith("```")) {
        if (inside) {
          blocks.add(new Block(language, heading, text.toString()));
          text.setLength(0);
        } else {
          language = line.substring(3).strip();
        }
        inside = !inside;
      } else if (inside) {
        text.append(line).append('\n');
      } else if (line.startsWith("#")) {
        heading = line.replaceFirst("^#+ *", "");
      }
    }
    return new Markdown(file, List.copyOf(blocks));
  }

  /** The text of the only block of this language that contains the words. */
  public String only(String language, String words) {
    List<String> found =
        blocks.stream()
            .filter(block -> block.language().equals(language) && block.text().contains(words))
            .map(Block::text)
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(
          file + " has " + found.size() + " blocks of " + language + " with '" + words + "'");
    }
    return found.getFirst();
  }
}
