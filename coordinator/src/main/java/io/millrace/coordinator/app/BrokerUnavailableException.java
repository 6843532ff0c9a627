package io.millrace.coordinator.app;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** No Kafka broker answered at the configured address. */
public final class BrokerUnavailableException extends CoordinatorException {
  private static final long serialVersionUID = 1L;

  BrokerUnavailableException(String bootstrapServers, Duration waited, @Nullable Throwable cause) {
    super(
        "no Kafka broker answered at "
            + bootstrapServers
            + " within "
            + waited.toSeconds()
            + " s; start one there, or set bootstrap.servers (MILLRACE_BOOTSTRAP_SERVERS) to where"
            + " one listens"
            + (cause == null ? "" : " (" + cause.getMessage() + ")"),
        cause);
  }
}
