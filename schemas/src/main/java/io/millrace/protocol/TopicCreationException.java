package io.millrace.protocol;

/** A topic could not be created; the cause is the broker's answer. */
public final class TopicCreationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TopicCreationException(String topic, Throwable cause) {
    super(
        "cannot create topic %s: %s; check that the broker is reachable, that this client may create topics, and millrace.replication.factor"
            .formatted(topic, cause.getMessage()),
        cause);
  }
}
