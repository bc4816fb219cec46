package io.lookout.ingest.http;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import io.vertx.core.http.HttpServerRequest;

/**
 * Whose samples a request brings: header {@code X-Scope-OrgID}, as Mimir has it, with Mimir's rules
 * for what a tenant may be called.
 */
public final class Tenants {
  public static final String HEADER = "X-Scope-OrgID";

  private static final int LONGEST = 150;
  private static final String SPECIAL = "!-_.*'()";

  private Tenants() {}

  /**
   * The tenant; {@link SeriesKey#ANONYMOUS} where none is named.
   *
   * @throws LookoutException {@code BAD_DATA} for a name that is not allowed
   */
  public static String of(HttpServerRequest request) {
    String tenant = request.getHeader(HEADER);
    return tenant == null || tenant.isEmpty() ? SeriesKey.ANONYMOUS : checked(tenant);
  }

  static String checked(String tenant) {
    if (tenant.length() > LONGEST) {
      throw refused("is longer than " + LONGEST + " characters");
    }
    for (int i = 0; i < tenant.length(); i++) {
      char c = tenant.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && SPECIAL.indexOf(c) < 0) {
        throw refused("contains a character that is neither alphanumeric nor one of " + SPECIAL);
      }
    }
    if (tenant.equals(".") || tenant.equals("..")) {
      throw refused("is '" + tenant + "'");
    }
    return tenant;
  }

  private static LookoutException refused(String why) {
    return new LookoutException(ErrorCode.BAD_DATA, "tenant in header " + HEADER + " " + why);
  }
}
