package io.lookout.model.bus.wire;

import io.lookout.model.bus.SharedRead;
import io.lookout.model.bytes.MalformedBytesException;

/** {@link SharedRead}. */
final class SharedReadWire {
  private SharedReadWire() {}

  static void write(SharedRead shared, WireOutput out) {
    out.bytes().putByte(code(shared.who())).putVarLong(shared.ageMs());
  }

  private static int code(SharedRead.Who who) {
    return switch (who) {
      case EACH -> 0;
      case HERE -> 1;
      case ELSEWHERE -> 2;
    };
  }

  static SharedRead read(WireInput in) {
    SharedRead.Who who = who(in.bytes().readByte());
    long age = in.bytes().readVarLong();
    if (age < 0) {
      throw new MalformedBytesException("a question of the age " + age);
    }
    return new SharedRead(who, age);
  }

  private static SharedRead.Who who(int code) {
    return switch (code) {
      case 0 -> SharedRead.Who.EACH;
      case 1 -> SharedRead.Who.HERE;
      case 2 -> SharedRead.Who.ELSEWHERE;
      default -> throw new MalformedBytesException("a shared store is read by " + code);
    };
  }
}
