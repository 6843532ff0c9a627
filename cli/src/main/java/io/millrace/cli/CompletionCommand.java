package io.millrace.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete this command. */
@Command(
    name = "completion",
    header = "Print a script that completes commands and options in bash or zsh.",
    description =
        "Prints a script for your shell: with it, the tab key completes commands, options and their values. One script serves both shells; zsh runs it by its bashcompinit.",
    footer = {
      "  source <(millrace completion)                           # this shell only",
      "  millrace completion bash > ~/.local/share/bash-completion/completions/millrace",
      "  echo 'source <(millrace completion zsh)' >> ~/.zshrc    # after compinit"
    })
final class CompletionCommand implements Callable<Integer> {
  /** The shells that the script is for. */
  enum Shell {
    bash,
    zsh
  }

  @Spec @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "bash|zsh",
      defaultValue = "bash",
      description = "The shell. Default: ${DEFAULT-VALUE}.")
  Shell shell = Shell.bash;

  @Option(names = "--debug", description = "Show stack traces and the libraries' logs.")
  boolean debug;

  @Override
  public Integer call() {
    PrintWriter out = Terminal.of(spec).out();
    out.println(AutoComplete.bash("millrace", Millrace.commandLine()));
    out.flush();
    return 0;
  }
}
