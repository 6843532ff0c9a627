package io.millrace.protocol;

import org.apache.kafka.common.errors.TopicAuthorizationException;

/** A topic could not be created; the cause is the broker's answer. */
public final class TopicCreationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TopicCreationException(String topic, Throwable cause) {
    super(message(topic, cause), cause);
  }

  private static String message(String topic, Throwable cause) {
    return cause instanceof TopicAuthorizationException
        ? "cannot create topic %s: this process lacks the right Create on it, and nobody else has created it; docs/operations.md lists all rights under Rights"
            .formatted(topic)
        : "cannot create topic %s: %s; check that the broker is reachable, and millrace.replication.factor"
            .formatted(topic, cause.getMessage());
  }
}
