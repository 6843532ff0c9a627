package io.millrace.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The help of all commands as a page of the documentation. */
final class CliPage {
  private static final int WIDTH = 100;

  private CliPage() {}

  static String text(String howToWrite) {
    StringBuilder page = new StringBuilder();
    page.append("# The command\n\n");
    page.append("<!-- This is what `millrace COMMAND --help` says, written by a test: ")
        .append(howToWrite)
        .append(" -->\n\n");
    page.append(
        "All that the HTTP API does, straight over Kafka, and what it takes to have everything on one machine.\n\n");
    CommandLine all = Millrace.commandLine();
    section(page, "##", "millrace", all);
    below(page, "###", "", all);
    return page.toString();
  }

  private static void below(StringBuilder page, String level, String path, CommandLine command) {
    command
        .getSubcommands()
        .forEach(
            (name, each) -> {
              section(page, level, path + name, each);
              below(page, level + "#", path + name + " ", each);
            });
  }

  private static void section(StringBuilder page, String level, String name, CommandLine command) {
    command.setUsageHelpWidth(WIDTH).setUsageHelpAutoWidth(false);
    String help = command.getUsageMessage(Ansi.OFF).replace(System.lineSeparator(), "\n").strip();
    page.append(level)
        .append(' ')
        .append(name)
        .append("\n\n```\n")
        .append(help)
        .append("\n```\n\n");
  }
}
