package io.millrace.local.registry;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a development registry listens and what it keeps.
 *
 * @param host the address to listen on; anything but loopback lets others register schemas too
 * @param port 0 = any free one
 * @param folder where the contents survive a restart; empty = nothing is kept
 */
public record DevRegistryConfig(String host, int port, Optional<Path> folder) {
  /** Refuses a port that none can have. */
  public DevRegistryConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
    }
  }

  /** Loopback, any free port, nothing kept. */
  public static DevRegistryConfig ofDefaults() {
    return new DevRegistryConfig("127.0.0.1", 0, Optional.empty());
  }

  /** Listens on this address instead. */
  public DevRegistryConfig withHost(String newHost) {
    return new DevRegistryConfig(newHost, port, folder);
  }

  /** Listens on this port instead. */
  public DevRegistryConfig withPort(int newPort) {
    return new DevRegistryConfig(host, newPort, folder);
  }

  /** Keeps its contents in this folder, which is created if it is missing. */
  public DevRegistryConfig withFolder(Path newFolder) {
    return new DevRegistryConfig(host, port, Optional.of(newFolder));
  }
}
