package io.millrace.http.route;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Values of query parameters. */
public final class Queries {
  private Queries() {}

  /**
   * @throws ProblemException if it is no whole number from {@code least} to {@code most}
   */
  public static int number(Call call, String name, int otherwise, int least, int most) {
    Optional<String> text = call.query(name);
    try {
      int number = text.map(Integer::parseInt).orElse(otherwise);
      if (number < least || number > most) {
        throw bad(name, "must be from " + least + " to " + most);
      }
      return number;
    } catch (NumberFormatException e) {
      throw bad(name, "must be a whole number from " + least + " to " + most);
    }
  }

  public static boolean flag(Call call, String name) {
    String text = call.query(name).orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      throw bad(name, "must be true or false");
    }
    return text.equals("true");
  }

  public static Optional<Instant> instant(Call call, String name) {
    try {
      return call.query(name).map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw bad(name, "must be a time like 2026-11-28T09:00:00Z");
    }
  }

  public static <E extends Enum<E>> E constant(String name, String text, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> bad(name, "must be one of " + Arrays.toString(type.getEnumConstants())));
  }

  public static ProblemException bad(String name, String rule) {
    return new ProblemException(ProblemKind.BAD_REQUEST, "parameter '" + name + "' " + rule);
  }
}
