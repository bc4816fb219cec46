package io.lookout.ingest.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonObjectsTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void objectsEndWhereTheirBracesDo() {
    assertThat(end("{\"a\":1}")).isEqualTo(7);
    assertThat(end("{\"a\":{\"b\":[{}]}}\n{\"c\":2} {\"d\"")).isEqualTo(25);
    assertThat(end("{\"a\":\"}{\\\"}\\\\\"}rest")).isEqualTo(15);
    assertThat(end("{\"a\":\"}")).isEqualTo(Framing.NONE);
    assertThat(end("} \" ] {}")).isEqualTo(8);
    assertThat(end("\n\n")).isEqualTo(2);
    assertThat(end("{}\r\n")).isEqualTo(4);
  }

  private static int end(String text) {
    return new JsonObjects().end(bytes(text), 0, text.length());
  }

  @Test
  void bytesMayComeOneByOne() {
    byte[] text = bytes(" {\"a\":\"\\\"}\",\"b\":{}} {\"c\":1}x{");
    JsonObjects framing = new JsonObjects();
    StringBuilder ends = new StringBuilder();
    for (int i = 0; i < text.length; i++) {
      int end = framing.end(text, i, i + 1);
      ends.append(end == Framing.NONE ? "" : end + ",");
    }
    assertThat(ends).hasToString("1,19,20,27,");
  }
}
