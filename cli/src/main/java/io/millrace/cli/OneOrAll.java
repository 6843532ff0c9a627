package io.millrace.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The argument of commands that are about one workflow or about all of them. */
final class OneOrAll {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "WORKFLOW",
      description = "Name of the workflow. Default: all.")
  @Nullable String workflow;
}
