package io.millrace.local;

import org.jspecify.annotations.Nullable;

/** A fixed port was asked for and another process already listens on it. */
public final class PortInUseException extends LocalException {

  private static final long serialVersionUID = 1L;

  private final int port;

  /**
   * Names the part that wanted the port.
   *
   * @param part what could not start, as a reader knows it, such as {@code "the Kafka broker"}
   * @param host the address it wanted to listen on
   * @param port the port that is taken
   * @param cause the failure to bind, if there is one
   */
  public PortInUseException(String part, String host, int port, @Nullable Throwable cause) {
    super(
        "Port "
            + port
            + " on "
            + host
            + " is already in use, so "
            + part
            + " cannot listen there. Stop the process that has it, or choose another port (0 means any free one).",
        cause);
    this.port = port;
  }

  /** The port that is taken. */
  public int port() {
    return port;
  }
}
