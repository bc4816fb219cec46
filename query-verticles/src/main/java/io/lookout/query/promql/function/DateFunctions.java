package io.lookout.query.promql.function;

import java.time.LocalDateTime;
import java.util.function.ToIntFunction;

/**
 * Parts of the UTC date that a number of seconds since 1970 stands for. Every number has one, in
 * years of up to twelve digits. As in Go, time is counted in unsigned seconds from the first of
 * January of the year −292277022399, and the few seconds before that come after all others; the
 * calendar repeats itself every 400 years.
 */
final class DateFunctions {
  private static final long SECONDS_IN_400_YEARS = 146_097L * 86_400;
  private static final double ORIGIN_YEAR = -292_277_022_399.0;
  private static final long ORIGIN_TO_1970 = 9_223_372_028_715_321_600L;
  private static final LocalDateTime LIKE_ORIGIN = LocalDateTime.of(1, 1, 1, 0, 0);

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
        .sample("year", MathFunctions.floats(point -> year(seconds(point.value))))
        .sample("timestamp", point -> point.time / 1000.0);
  }

  private static SampleFunction of(ToIntFunction<LocalDateTime> part) {
    return MathFunctions.floats(point -> part.applyAsInt(date(seconds(point.value))));
  }

  /** The whole part. What no long can hold is the smallest one, as Go has it on most machines. */
  private static long seconds(double value) {
    return value >= -0x1p63 && value < 0x1p63 ? (long) value : Long.MIN_VALUE;
  }

  /** The date in the years 1 to 400 that has the same place in the calendar. */
  private static LocalDateTime date(long seconds) {
    long within = Long.remainderUnsigned(seconds + ORIGIN_TO_1970, SECONDS_IN_400_YEARS);
    return LIKE_ORIGIN.plusSeconds(within);
  }

  private static double year(long seconds) {
    long cycles = Long.divideUnsigned(seconds + ORIGIN_TO_1970, SECONDS_IN_400_YEARS);
    return ORIGIN_YEAR + 400.0 * cycles + (date(seconds).getYear() - 1);
  }
}
