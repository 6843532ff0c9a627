package io.millrace.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the build, from the jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "millrace " + (version == null ? "(development build)" : version),
      "Java " + System.getProperty("java.version")
    };
  }
}
