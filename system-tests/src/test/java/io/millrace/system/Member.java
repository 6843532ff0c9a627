package io.millrace.system;

import org.testcontainers.containers.GenericContainer;

/**
 * A container that faults happen to.
 *
 * @param name on the network
 * @param kind what it is one of
 */
record Member(String name, Kind kind, GenericContainer<?> container) {
  enum Kind {
    BROKER,
    REGISTRY,
    COORDINATOR,
    STEP
  }

  String id() {
    return container.getContainerId();
  }

  @Override
  public String toString() {
    return name;
  }
}
