package io.lookout.cluster.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.LookoutException;
import io.lookout.model.bus.SelectNext;
import io.lookout.model.bus.wire.WireForm;
import io.lookout.model.bus.wire.WireForms;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class WireCodecTest {
  @SuppressWarnings("unchecked")
  private static final WireCodec<SelectNext> CODEC =
      new WireCodec<>(
          (WireForm<SelectNext>)
              WireForms.all().stream()
                  .filter(form -> form.type() == SelectNext.class)
                  .findFirst()
                  .orElseThrow());

  @Test
  void readsItsOwnPartOfAFrame() {
    Buffer frame = Buffer.buffer("head");
    CODEC.encodeToWire(frame, new SelectNext("cursor-1"));
    frame.appendString("tail");
    assertThat(CODEC.decodeFromWire(4, frame)).isEqualTo(new SelectNext("cursor-1"));
  }

  @Test
  void refusesADeclaredLengthThatIsNotThere() {
    Buffer frame = Buffer.buffer().appendInt(1 << 30).appendByte((byte) 1);
    assertThatThrownBy(() -> CODEC.decodeFromWire(0, frame)).isInstanceOf(LookoutException.class);
    Buffer negative = Buffer.buffer().appendInt(-1).appendByte((byte) 1);
    assertThatThrownBy(() -> CODEC.decodeFromWire(0, negative))
        .isInstanceOf(LookoutException.class);
  }
}
