package io.millrace.system.tally;

import java.util.Objects;

/**
 * What a sack was weighed with.
 *
 * @param sack its number
 * @param version of the scale, as its process was told
 * @param host of that process; in a container its name
 */
public record Scale(int sack, String version, String host) {
  /** The host of this process. */
  static String here() {
    return Objects.requireNonNullElse(System.getenv("HOSTNAME"), "");
  }
}
