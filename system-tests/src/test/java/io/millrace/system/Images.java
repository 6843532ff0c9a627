package io.millrace.system;

import org.testcontainers.utility.DockerImageName;

/** The images that run, each a system property; by default those that {@code ./run} builds. */
final class Images {
  private Images() {}

  /** One that takes the variables of the official {@code apache/kafka}. */
  static DockerImageName kafka() {
    return image("kafka", "millrace/kafka:local");
  }

  /** One that takes the variables of the official {@code apicurio/apicurio-registry}. */
  static DockerImageName registry() {
    return image("registry", "millrace/registry:local");
  }

  static DockerImageName coordinator() {
    return image("coordinator", "millrace/coordinator:local");
  }

  /** The steps of the examples and of this module, with documents in {@code /app/docs}. */
  static DockerImageName steps() {
    return image("steps", "millrace/system-steps:local");
  }

  /** Has a shell and {@code ip}. */
  static DockerImageName tools() {
    return image("tools", "millrace/base:local");
  }

  private static DockerImageName image(String name, String standard) {
    return DockerImageName.parse(System.getProperty("millrace.image." + name, standard));
  }
}
