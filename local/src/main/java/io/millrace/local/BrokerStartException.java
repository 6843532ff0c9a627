package io.millrace.local;

/**
 * The embedded broker did not come up for a reason that is neither its port nor its data folder.
 */
public final class BrokerStartException extends LocalException {

  private static final long serialVersionUID = 1L;

  BrokerStartException(DataFolder folder, String servers, Throwable cause) {
    super(
        "The Kafka broker at "
            + servers
            + " with data in "
            + folder.path()
            + " did not start: "
            + cause
            + ". If you set server"
            + " properties, check them; else look at the broker's log and try an empty data folder.",
        cause);
  }
}
