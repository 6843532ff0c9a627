package io.millrace.cli;

import io.millrace.config.MillraceConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the process was given: millrace.properties, MILLRACE_* variables, system properties. */
final class Settings {
  private Settings() {}

  /** Settings that differ from the product's defaults. */
  static Map<String, String> ofProcess() {
    Map<String, String> defaults = MillraceConfig.of(Map.of()).asMap();
    Map<String, String> given = new LinkedHashMap<>(MillraceConfig.load().asMap());
    given.entrySet().removeIf(setting -> setting.getValue().equals(defaults.get(setting.getKey())));
    return given;
  }
}
