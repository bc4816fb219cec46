package io.lookout.query.promql.function;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.ToIntFunction;

/** Parts of the UTC date that a number of seconds since 1970 stands for. */
final class DateFunctions {
  private static final long MAX_SECONDS = 31_556_889_864_403_199L;

  private DateFunctions() {}

  static void register(Functions.Registry registry) {
    registry
        .sample("minute", of(LocalDateTime::getMinute))
        .sample("hour", of(LocalDateTime::getHour))
        .sample("day_of_month", of(LocalDateTime::getDayOfMonth))
        .sample("day_of_week", of(date -> date.getDayOfWeek().getValue() % 7))
        .sample("day_of_year", of(LocalDateTime::getDayOfYear))
        .sample("days_in_month", of(date -> date.toLocalDate().lengthOfMonth()))
        .sample("month", of(LocalDateTime::getMonthValue))
        .sample("year", of(LocalDateTime::getYear))
        .sample("timestamp", point -> point.time / 1000.0);
  }

  private static SampleFunction of(ToIntFunction<LocalDateTime> part) {
    return MathFunctions.floats(point -> part.applyAsInt(date(point.value)));
  }

  private static LocalDateTime date(double seconds) {
    long whole = Math.clamp((long) seconds, -MAX_SECONDS, MAX_SECONDS);
    return LocalDateTime.ofEpochSecond(whole, 0, ZoneOffset.UTC);
  }
}
