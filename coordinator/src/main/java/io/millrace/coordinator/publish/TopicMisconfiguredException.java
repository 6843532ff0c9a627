package io.millrace.coordinator.publish;

/**
 * A topic that exists already, and is not as the protocol needs it; the message says what to do.
 */
public final class TopicMisconfiguredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private TopicMisconfiguredException(String message) {
    super(message);
  }

  static TopicMisconfiguredException setting(
      String topic, String setting, String actual, String required, String why) {
    return new TopicMisconfiguredException(
        "topic "
            + topic
            + " has "
            + setting
            + "="
            + actual
            + " but needs "
            + required
            + ": "
            + why
            + ". Change it with: kafka-configs.sh --alter --entity-type topics --entity-name "
            + topic
            + " --add-config "
            + setting
            + "="
            + required);
  }

  static TopicMisconfiguredException partitions(String topic, int actual, int required) {
    return new TopicMisconfiguredException(
        "topic "
            + topic
            + " has "
            + actual
            + " partitions but needs exactly "
            + required
            + ". Delete it, so that it is created anew, or choose another namespace");
  }
}
