package io.millrace.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How one setting is called in a file, as a system property and as an environment variable. */
final class ConfigKeys {
  static final String OWN = "millrace.";
  private static final String VARIABLE = "MILLRACE_";

  /** Settings that keep the names their owners gave them: Kafka's and the registry's. */
  private static final List<String> FOREIGN =
      List.of(
          "bootstrap.servers",
          "kafka.",
          "schema.registry.",
          "basic.auth.",
          "auto.register.schemas",
          "use.latest.version",
          "value.subject.name.strategy",
          "max.retries",
          "retries.",
          "http.connect.timeout.ms",
          "http.read.timeout.ms",
          "event.serializer",
          "event.deserializer");

  private static final Pattern SECRET =
      Pattern.compile(
          "password|passphrase|secret|private\\.key|user\\.info|jaas|token|credential|ssl\\.key",
          Pattern.CASE_INSENSITIVE);

  private ConfigKeys() {}

  /**
   * {@code millrace.bootstrap.servers} and the like lose the prefix, so that each setting has one
   * name.
   */
  static String canonical(String key) {
    if (key.startsWith(OWN) && isForeign(key.substring(OWN.length()))) {
      return key.substring(OWN.length());
    }
    return key;
  }

  static boolean isVariable(String name) {
    return name.startsWith(VARIABLE) && name.length() > VARIABLE.length();
  }

  /** {@code MILLRACE_ADOPTION_GRACE_MS} is {@code millrace.adoption.grace.ms}. */
  static String ofVariable(String name) {
    return canonical(
        OWN + name.substring(VARIABLE.length()).toLowerCase(Locale.ROOT).replace('_', '.'));
  }

  static String variable(String key) {
    String rest = key.startsWith(OWN) ? key.substring(OWN.length()) : key;
    return VARIABLE + rest.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  static boolean isSecret(String key) {
    return SECRET.matcher(key).find();
  }

  private static boolean isForeign(String key) {
    return FOREIGN.stream().anyMatch(key::startsWith);
  }
}
