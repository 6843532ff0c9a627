package io.millrace.local;

/**
 * A port cannot be listened on, though nobody else has it: reserved, forbidden, or no such address.
 */
public final class PortUnusableException extends LocalException {

  private static final long serialVersionUID = 1L;

  /** Names the part that wanted the port, as a reader knows it. */
  public PortUnusableException(String part, String host, int port, Throwable cause) {
    super(
        "Port "
            + port
            + " on "
            + host
            + " cannot be listened on ("
            + cause.getMessage()
            + "), so "
            + part
            + " did not start. Choose a port from 1024 to 65535, or 0 for any free one.",
        cause);
  }
}
