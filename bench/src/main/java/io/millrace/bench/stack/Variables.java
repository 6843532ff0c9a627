package io.millrace.bench.stack;

import io.millrace.config.MillraceConfig;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Settings as the environment variables that a Millrace process reads. */
final class Variables {
  private static final String PREFIX = "MILLRACE_";

  private Variables() {}

  static Map<String, String> of(MillraceConfig config) {
    Map<String, String> variables = new LinkedHashMap<>();
    config.asMap().forEach((key, value) -> variables.put(name(key), value));
    return variables;
  }

  private static String name(String key) {
    String variable = key.toUpperCase(Locale.ROOT).replace('.', '_');
    return variable.startsWith(PREFIX) ? variable : PREFIX + variable;
  }
}
