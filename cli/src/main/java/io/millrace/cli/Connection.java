package io.millrace.cli;

import io.millrace.config.MillraceConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Options that say which Millrace a command talks to; the same for all commands. */
final class Connection {
  /** The addresses; a group, so that help shows them apart from what the command is about. */
  static final class Addresses {
    @Option(
        names = {"-b", "--bootstrap-servers"},
        paramLabel = "HOST:PORT",
        description =
            "Kafka brokers. Default: MILLRACE_BOOTSTRAP_SERVERS, else the running `millrace dev`, else localhost:9092.")
    @Nullable String bootstrapServers;

    @Option(
        names = {"-r", "--registry"},
        paramLabel = "URL",
        description =
            "Schema registry. Default: MILLRACE_SCHEMA_REGISTRY_URL, else the running `millrace dev`, else http://localhost:8081.")
    @Nullable String registry;

    @Option(
        names = {"-n", "--namespace"},
        paramLabel = "NAME",
        description = "Namespace, the first part of every topic's name. Default: millrace.")
    @Nullable String namespace;
  }

  @ArgGroup(validate = false, heading = "%nWhich Millrace:%n")
  Addresses addresses = new Addresses();

  @Option(names = "--debug", description = "Show stack traces and the libraries' logs.")
  boolean debug;

  /**
   * The settings for a client: what was said here, else what the running development stack says,
   * else the defaults.
   */
  MillraceConfig config() {
    Map<String, String> config = new LinkedHashMap<>();
    config.putAll(StackFile.inWorkingFolder().read());
    config.putAll(Settings.ofProcess());
    put(config, "bootstrap.servers", addresses.bootstrapServers);
    put(config, "schema.registry.url", addresses.registry);
    put(config, "millrace.namespace", addresses.namespace);
    return MillraceConfig.of(config);
  }

  static boolean debugAsked(ParseResult parsed) {
    for (ParseResult at = parsed; at != null; at = at.subcommand()) {
      if (at.hasMatchedOption("--debug")) {
        return true;
      }
      if (!at.hasSubcommand()) {
        break;
      }
    }
    return false;
  }

  private static void put(Map<String, String> config, String key, @Nullable String value) {
    if (value != null) {
      config.put(key, value);
    }
  }
}
