package io.millrace.serde;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/**
 * Under which subject of the registry a schema is kept.
 *
 * <pre>
 * TOPIC_NAME         topic-value (or topic-key)
 * RECORD_NAME        the record's full name
 * TOPIC_RECORD_NAME  topic-the record's full name
 * </pre>
 */
public enum SubjectNameStrategy {
  TOPIC_NAME("TopicName"),
  RECORD_NAME("RecordName"),
  TOPIC_RECORD_NAME("TopicRecordName");

  private static final String PACKAGE = "io.confluent.kafka.serializers.subject.";

  private final String shortName;

  SubjectNameStrategy(String shortName) {
    this.shortName = shortName;
  }

  /**
   * The strategy in {@code value.subject.name.strategy} or {@code key.subject.name.strategy}:
   * {@code TopicName}, {@code TopicNameStrategy} or the class name of the official one. Topic name
   * if absent.
   *
   * @throws ConfigException if the value is none of these
   */
  public static SubjectNameStrategy from(Map<String, ?> config, boolean isKey) {
    String key = (isKey ? "key" : "value") + ".subject.name.strategy";
    Object value = config.get(key);
    if (value == null) {
      return TOPIC_NAME;
    }
    String text = value instanceof Class<?> named ? named.getName() : value.toString().strip();
    String name = text.startsWith(PACKAGE) ? text.substring(PACKAGE.length()) : text;
    for (SubjectNameStrategy strategy : values()) {
      if (name.equals(strategy.shortName)
          || name.equals(strategy.shortName + "Strategy")
          || name.equals(strategy.name())) {
        return strategy;
      }
    }
    throw new ConfigException(
        key, text, "must be TopicName, RecordName or TopicRecordName, or the official class name");
  }

  /** The subject for a schema on a topic. */
  public String subject(String topic, boolean isKey, Schema schema) {
    switch (this) {
      case RECORD_NAME:
        return schema.getFullName();
      case TOPIC_RECORD_NAME:
        return topic + "-" + schema.getFullName();
      default:
        return topic + (isKey ? "-key" : "-value");
    }
  }
}
