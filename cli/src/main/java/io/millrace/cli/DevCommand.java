package io.millrace.cli;

import io.millrace.WorkflowClient;
import io.millrace.cli.process.HttpAccess;
import io.millrace.cli.process.ProcessStack;
import io.millrace.config.MillraceConfig;
import io.millrace.examples.ExampleCatalog.Example;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Keeps a whole Millrace up for the steps that a developer runs. */
@Command(
    name = "dev",
    header = "Keep a whole Millrace up on this machine, for your own steps.",
    description = {
      "Keeps a Kafka broker, a schema registry and a coordinator up on this machine, for your own steps, until interrupted.",
      "Other commands in the same folder find it by themselves. Your own steps need these two settings:",
      "  MILLRACE_BOOTSTRAP_SERVERS=127.0.0.1:9092",
      "  MILLRACE_SCHEMA_REGISTRY_URL=http://127.0.0.1:8081"
    },
    exitCodeList = "0:it was ended",
    footer = {
      "  millrace dev",
      "  millrace dev --example rag --http-port 8080",
      "  millrace dev --data ~/millrace-data --port 19092"
    })
final class DevCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "9092",
      description = "Port of the broker; 0: any free one. Default: ${DEFAULT-VALUE}.")
  int port;

  @Option(
      names = "--registry-port",
      paramLabel = "N",
      defaultValue = "8081",
      description = "Port of the registry; 0: any free one. Default: ${DEFAULT-VALUE}.")
  int registryPort;

  @Option(
      names = "--http-port",
      paramLabel = "N",
      description =
          "Serve the HTTP API and the console there, for everybody on this machine unless settings (MILLRACE_HTTP_*, millrace.properties) say who may call. Default: no HTTP.")
  @Nullable Integer httpPort;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Keep everything here between starts. Default: nothing is kept.")
  @Nullable Path data;

  @Option(
      names = "--example",
      paramLabel = "NAME",
      description = "Run the steps of this example too; may be repeated.")
  List<String> examples = new ArrayList<>();

  @Option(names = "--debug", description = "Show stack traces and the libraries' logs.")
  boolean debug;

  @Override
  public Integer call() throws InterruptedException {
    Terminal terminal = Terminal.of(spec);
    Progress progress = new Progress(terminal.err());
    List<Example> chosen = examples.stream().map(Examples::named).toList();
    Optional<HttpAccess> http =
        Optional.ofNullable(httpPort).map(at -> HttpAccess.at(checked(at), MillraceConfig.load()));
    try (Stacks.Open open =
        Stacks.open(Optional.ofNullable(data), port, registryPort, http, progress)) {
      try {
        chosen.forEach(example -> Examples.startSteps(open.stack(), example, Map.of()));
        awaitUp(open.stack(), http, chosen, progress);
      } catch (RuntimeException e) {
        open.keepLogs();
        progress.line("The logs of all processes are in " + open.work().resolve("logs"));
        throw e;
      }
      http.ifPresent(access -> tellOf(access, progress));
      progress.line("Up. Logs are in " + open.work().resolve("logs") + ". Press Ctrl-C to end it.");
      new CountDownLatch(1).await();
    }
    return 0;
  }

  /** Whatever is said to be up takes requests. */
  private static void awaitUp(
      ProcessStack stack, Optional<HttpAccess> http, List<Example> examples, Progress progress)
      throws InterruptedException {
    if (http.isPresent()) {
      HttpReadiness.await(http.get().url(), progress);
    }
    try (WorkflowClient client = WorkflowClient.create(Readiness.patient(stack.config()))) {
      if (http.isEmpty()) {
        Readiness.awaitCoordinator(client, progress);
      }
      for (Example example : examples) {
        Readiness.await(client, example, progress);
      }
    }
  }

  private static void tellOf(HttpAccess access, Progress progress) {
    progress.line("Console:  " + access.url());
    progress.line(
        "HTTP API: "
            + access.url().resolve("api/")
            + (access.open()
                ? " (for everybody on this machine; see docs/http.md)"
                : " (for those whom your settings let in; see docs/http.md)"));
  }

  /** Callers must know it beforehand: the coordinator may be started again. */
  private static int checked(int port) {
    if (port < 1 || port > 65_535) {
      throw new UsageException("--http-port must be from 1 to 65535, not " + port);
    }
    try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UsageException(
          "--http-port "
              + port
              + " cannot be used ("
              + e.getMessage()
              + "); something else may be listening there: say another");
    }
  }
}
