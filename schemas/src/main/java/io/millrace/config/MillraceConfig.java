package io.millrace.config;

import io.millrace.protocol.Namespace;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The settings of a process. Later sources win: {@code millrace.properties} (on the class path,
 * then in the working directory or where {@code MILLRACE_CONFIG} says), environment, system
 * properties, the map given in code.
 *
 * <p>Own keys begin with {@code millrace.}; Kafka's and the registry's keep their names. The
 * variable {@code MILLRACE_ADOPTION_GRACE_MS} is {@code millrace.adoption.grace.ms}, {@code
 * MILLRACE_BOOTSTRAP_SERVERS} is {@code bootstrap.servers}, {@code MILLRACE_SCHEMA_REGISTRY_URL} is
 * {@code schema.registry.url}; {@code kafka.*} goes to every Kafka client without its prefix.
 * Immutable; {@link #toString} shows no secrets.
 */
public final class MillraceConfig {
  private static final Duration LEASE = Duration.ofSeconds(10);

  public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
  public static final String NAMESPACE = "millrace.namespace";
  private static final String KAFKA = "kafka.";
  private static final Map<String, String> DEFAULTS =
      Map.of(
          BOOTSTRAP_SERVERS,
          "localhost:9092",
          "schema.registry.url",
          "http://localhost:8081",
          NAMESPACE,
          Namespace.DEFAULT);

  private final TreeMap<String, String> values;

  private MillraceConfig(TreeMap<String, String> values) {
    this.values = values;
  }

  /** Files, environment and system properties. */
  public static MillraceConfig load() {
    return load(Map.of());
  }

  /** The same, overridden by {@code given}. */
  public static MillraceConfig load(Map<String, ?> given) {
    TreeMap<String, String> merged = new TreeMap<>(DEFAULTS);
    ConfigSources.into(merged);
    put(given, merged);
    return new MillraceConfig(merged);
  }

  /** {@code given} and defaults only, whatever the surroundings say. */
  public static MillraceConfig of(Map<String, ?> given) {
    TreeMap<String, String> merged = new TreeMap<>(DEFAULTS);
    put(given, merged);
    return new MillraceConfig(merged);
  }

  /** This configuration with more settings. */
  public MillraceConfig with(Map<String, ?> more) {
    TreeMap<String, String> merged = new TreeMap<>(values);
    put(more, merged);
    return new MillraceConfig(merged);
  }

  /** The trimmed value; blank counts as absent. */
  public Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key)).map(String::strip).filter(text -> !text.isEmpty());
  }

  public String text(String key, String otherwise) {
    return text(key).orElse(otherwise);
  }

  /**
   * @throws InvalidConfigException if it is not a whole number of at least {@code least}
   */
  public long number(String key, long otherwise, long least) {
    long number = parse(key, Long::valueOf, "is not a whole number").orElse(otherwise);
    if (number < least) {
      throw new InvalidConfigException(key, "must be at least " + least + ", not " + number);
    }
    return number;
  }

  /** As {@link #number}, for what must fit an int. */
  public int count(String key, int otherwise, int least) {
    long number = number(key, otherwise, least);
    if (number > Integer.MAX_VALUE) {
      throw new InvalidConfigException(
          key, "must be at most " + Integer.MAX_VALUE + ", not " + number);
    }
    return (int) number;
  }

  /**
   * {@code millrace.lease.ms}, default 10 s: a worker that is silent for longer is lost. A worker
   * tells its own in every beat; a coordinator has one for workers of whom it has never heard.
   */
  public Duration lease() {
    return millis("millrace.lease.ms", LEASE);
  }

  /** Milliseconds, as keys ending in {@code .ms} say. */
  public Duration millis(String key, Duration otherwise) {
    return Duration.ofMillis(number(key, otherwise.toMillis(), 0));
  }

  public boolean flag(String key, boolean otherwise) {
    return parse(key, MillraceConfig::truth, "is neither true nor false").orElse(otherwise);
  }

  public Namespace namespace() {
    return new Namespace(text(NAMESPACE, Namespace.DEFAULT));
  }

  /** For Kafka clients: {@code bootstrap.servers} and what {@code kafka.*} says. A fresh map. */
  public Map<String, Object> kafka() {
    Map<String, Object> kafka = new TreeMap<>();
    kafka.put(BOOTSTRAP_SERVERS, text(BOOTSTRAP_SERVERS).orElseThrow());
    values.forEach(
        (key, value) -> {
          if (key.startsWith(KAFKA)) {
            kafka.put(key.substring(KAFKA.length()), value);
          }
        });
    return kafka;
  }

  /** Everything, for components that pick their own keys; includes secrets. A fresh map. */
  public Map<String, String> asMap() {
    return new TreeMap<>(values);
  }

  /**
   * Settings as the environment variables that {@link #load} reads them from, for a process that is
   * started with them; keys are in lower case, their words with dots between. A fresh map.
   */
  public static Map<String, String> variables(Map<String, String> settings) {
    Map<String, String> variables = new TreeMap<>();
    settings.forEach((key, value) -> variables.put(ConfigKeys.variable(key), value));
    return variables;
  }

  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(e -> e.getKey() + "=" + (ConfigKeys.isSecret(e.getKey()) ? "<hidden>" : e.getValue()))
        .collect(Collectors.joining(" "));
  }

  private <T> Optional<T> parse(String key, Function<String, T> parser, String problem) {
    Optional<String> text = text(key);
    try {
      return text.map(parser);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigException(key, problem + ": " + text.orElse(""), e);
    }
  }

  private static Boolean truth(String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.valueOf(text);
    }
    throw new IllegalArgumentException(text);
  }

  private static void put(Map<String, ?> more, Map<String, String> into) {
    more.forEach((key, value) -> into.put(ConfigKeys.canonical(key), String.valueOf(value)));
  }
}
