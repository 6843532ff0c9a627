package io.millrace.worker;

import java.time.Duration;

/** No broker answered a starting worker in time. */
public final class BrokerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokerUnavailableException(String what, Duration waited, Throwable cause) {
    super(
        "%s did not answer within %s, last: %s; check bootstrap.servers, or give it more time with millrace.startup.timeout.ms"
            .formatted(what, waited, cause.getMessage() == null ? "no answer" : cause.getMessage()),
        cause);
  }
}
