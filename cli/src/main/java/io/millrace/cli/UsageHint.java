package io.millrace.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What a person is told whose words make no command: what is wrong, what was meant, where to look.
 */
final class UsageHint {
  private UsageHint() {}

  /** For picocli; exit code 2. */
  static int print(ParameterException error, String[] words) {
    CommandLine command = error.getCommandLine();
    // Picocli begins some of its messages so, and others not.
    String message = String.valueOf(error.getMessage()).replaceFirst("^Error: ", "");
    command.getErr().println(command.getColorScheme().errorText("millrace: " + message));
    if (command.getSubcommands().isEmpty()) {
      UnmatchedArgumentException.printSuggestions(error, command.getErr());
    } else {
      command.getErr().println("Commands: " + String.join(", ", command.getSubcommands().keySet()));
    }
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("`" + name + " --help` says how it is called.");
    return CommandLine.ExitCode.USAGE;
  }
}
