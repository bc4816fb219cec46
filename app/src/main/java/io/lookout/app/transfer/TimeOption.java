package io.lookout.app.transfer;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as RFC 3339 or as Unix seconds. */
final class TimeOption implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String text) {
    try {
      return text.matches("-?\\d+(\\.\\d+)?")
          ? Instant.ofEpochMilli(Math.round(Double.parseDouble(text) * 1000))
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'" + text + "' is neither a time such as 2026-11-22T00:00:00Z nor Unix seconds");
    }
  }
}
