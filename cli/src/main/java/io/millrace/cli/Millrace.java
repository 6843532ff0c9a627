package io.millrace.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ScopeType;

/** The {@code millrace} command. Exit codes: 0 done, 1 failure, 2 wrong usage. */
@Command(
    name = "millrace",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    header =
        "Event-driven workflows whose steps are independently deployed services on Apache Kafka.",
    description = {
      "Starts, watches, answers and repairs runs straight over Kafka; shows what is registered; runs everything on this machine. Results go to standard output, progress to standard error; colours only on a terminal, and never if NO_COLOR is set.",
      "Settings come from options, else MILLRACE_* variables, else ./millrace.properties, else the `millrace dev` that runs from this folder."
    },
    footer = {
      "  millrace demo",
      "  millrace start rag '{\"question\": \"What is the run log?\"}' --run-id q1",
      "  millrace tail q1",
      "  millrace COMMAND --help"
    },
    subcommands = {
      DemoCommand.class,
      DevCommand.class,
      StartCommand.class,
      TailCommand.class,
      SendCommand.class,
      AnswerCommand.class,
      CancelCommand.class,
      InspectCommand.class,
      RunsCommand.class,
      ActivityCommand.class,
      StepsCommand.class,
      EventsCommand.class,
      GraphCommand.class,
      ValidateCommand.class,
      DeadLettersCommand.class,
      RedriveCommand.class,
      ImageCommand.class,
      BenchCommand.class,
      CompletionCommand.class
    })
public final class Millrace {
  private Millrace() {}

  public static void main(String[] args) {
    // Before anything logs: the configuration of the loggers is read once.
    if (List.of(args).contains("--debug")) {
      System.setProperty("millrace.log.level", "INFO");
    }
    System.exit(commandLine().execute(args));
  }

  /** The whole command, for {@code main} and for tests. */
  static CommandLine commandLine() {
    return HelpLayout.applied(new CommandLine(new Millrace()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(UsageHint::print)
        .setExecutionExceptionHandler(readableErrors());
  }

  private static IExecutionExceptionHandler readableErrors() {
    return (error, command, parsed) -> {
      boolean debug = Connection.debugAsked(parsed);
      command
          .getErr()
          .println(command.getColorScheme().errorText("millrace: " + Errors.readable(error)));
      if (debug) {
        error.printStackTrace(command.getErr());
      } else if (!Errors.isExpected(error)) {
        command.getErr().println("  (--debug shows where it happened)");
      }
      return Errors.isUsage(error) ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    };
  }
}
