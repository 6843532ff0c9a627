package io.millrace.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The one form of every command's help: what it does, how it is called, its arguments and options,
 * how it ends, and examples, which each command writes as its footer.
 */
final class HelpLayout {
  private static final Map<String, String> EXIT_CODES = exitCodes();

  private HelpLayout() {}

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "done");
    codes.put("1", "failure; the message says what to do");
    codes.put("2", "wrong usage, or settings that make no sense");
    return codes;
  }

  /** Lays out this command and all below it. A command may name exit codes of its own. */
  static CommandLine applied(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.synopsisHeading("%nUsage: ");
    usage.descriptionHeading("%n");
    usage.parameterListHeading("%nArguments:%n");
    usage.optionListHeading("%nOptions:%n");
    usage.commandListHeading("%nCommands:%n");
    usage.exitCodeListHeading("%nExit codes:%n");
    usage.footerHeading("%nExamples:%n");
    Map<String, String> codes = new LinkedHashMap<>(EXIT_CODES);
    codes.putAll(usage.exitCodeList());
    usage.exitCodeList(codes);
    command.getSubcommands().values().forEach(HelpLayout::applied);
    return command;
  }
}
