package io.millrace.cli;

import io.millrace.bench.Bench;
import io.millrace.bench.Benchmark;
import io.millrace.bench.Benchmarks;
import io.millrace.bench.Figure;
import io.millrace.bench.FigureJson;
import io.millrace.bench.FigureTable;
import io.millrace.bench.Scale;
import io.millrace.bench.stack.StackOptions;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what users feel, against raw Kafka on the same broker in the same run. */
@Command(
    name = "bench",
    header = "Measure what users feel, against raw Kafka.",
    description = {
      "Measures what users feel, against raw Kafka on the same broker in the same run.",
      "Broker, coordinator, every step and every raw hop are processes of their own; this one is the client. Prints a table; takes some three minutes with --quick on two processors, a quarter of an hour and more without."
    },
    footer = {
      "  millrace bench --list",
      "  millrace bench --quick --only hop,busy",
      "  millrace bench --json > figures.ndjson"
    })
final class BenchCommand implements Callable<Integer> {
  /** Above this, something else is using the processors. */
  private static final double QUIET = 0.7;

  @Spec @Nullable CommandSpec spec;

  /** How much; full unless said. */
  static final class Size {
    @Option(
        names = "--quick",
        description = "Shorter rounds and fewer; without fsync, unless named.")
    boolean quick;

    @Option(
        names = "--smoke",
        description = "As little as shows that results are right; its times mean nothing.")
    boolean smoke;

    Scale scale() {
      return smoke ? Scale.SMOKE : quick ? Scale.QUICK : Scale.FULL;
    }
  }

  @ArgGroup(exclusive = true)
  Size size = new Size();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "Only these benchmarks; separated by commas.")
  Set<String> only = new TreeSet<>();

  @Option(names = "--list", description = "Say what there is to measure, and end.")
  boolean list;

  @Option(names = "--json", description = "Print JSON, a line for each figure.")
  boolean json;

  @Option(
      names = "--keep",
      paramLabel = "FOLDER",
      description = "Keep the logs of all processes here. Default: only if something fails.")
  @Nullable Path keep;

  @Option(
      names = "--jvm",
      split = " ",
      paramLabel = "FLAGS",
      description =
          "More JVM options for all processes but this one; {name} stands for the process's name.")
  List<String> jvm = new ArrayList<>();

  @Option(
      names = "--task-source",
      paramLabel = "group|share",
      description = "Where steps take their work from. Default: what the product has as default.")
  @Nullable String taskSource;

  @Option(
      names = "--fsync",
      description = "The broker writes every record to disk before it acknowledges it.")
  boolean fsync;

  @Option(names = "--debug", description = "Show stack traces and the libraries' logs.")
  boolean debug;

  @Override
  public Integer call() throws InterruptedException {
    Terminal terminal = Terminal.of(spec);
    Progress progress = new Progress(terminal.err());
    List<Benchmark> chosen = chosen();
    if (list) {
      chosen.forEach(b -> terminal.out().printf("%-12s %s%n", b.name(), b.about()));
      return 0;
    }
    noteLoad(progress);
    List<Figure> figures = new ArrayList<>();
    try (WorkFolder folder = keep == null ? WorkFolder.temporary("--keep") : WorkFolder.made(keep);
        Bench bench =
            new Bench(
                size.scale(),
                options(folder.path()),
                line -> progress.line(progress.clock() + line))) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(bench, folder), "bench-end"));
      try {
        for (Benchmark benchmark : chosen) {
          progress.line(progress.clock() + " " + benchmark.name() + ": " + benchmark.about());
          figures.addAll(bench.run(benchmark));
        }
      } catch (RuntimeException e) {
        if (!bench.isClosed()) {
          folder.keep();
          progress.line("The logs of all processes are in " + folder.path());
        }
        throw e;
      }
    }
    print(figures, terminal.out());
    progress.line(progress.clock() + "  done");
    return 0;
  }

  /** When it is interrupted. */
  private static void end(Bench bench, WorkFolder folder) {
    bench.close();
    folder.close();
  }

  private List<Benchmark> chosen() {
    List<Benchmark> all = Benchmarks.all();
    Set<String> unknown = new TreeSet<>(only);
    all.forEach(benchmark -> unknown.remove(benchmark.name()));
    if (!unknown.isEmpty()) {
      throw new UsageException(
          "there is no benchmark %s; there are %s"
              .formatted(
                  String.join(", ", unknown),
                  String.join(", ", all.stream().map(Benchmark::name).toList())));
    }
    return all.stream()
        .filter(b -> only.isEmpty() ? b.isQuick() || !size.quick : only.contains(b.name()))
        .toList();
  }

  private StackOptions options(Path folder) {
    StackOptions options = StackOptions.in(folder).withJvm(jvm);
    if (!size.smoke) {
      options = BenchJars.used(options);
    }
    if (taskSource != null) {
      options = options.with("millrace.task.source", taskSource);
    }
    return fsync ? options.withFsync() : options;
  }

  private static void noteLoad(Progress progress) {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    progress.line(
        String.format(
                Locale.ROOT,
                "Java %s, %d processors, load average before the run: %.2f",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                load)
            + (load > QUIET ? "  WARNING: the machine is not quiet; the figures mean little" : ""));
  }

  private void print(List<Figure> figures, PrintWriter out) {
    if (json) {
      figures.forEach(figure -> out.println(FigureJson.line(figure)));
    } else {
      FigureTable.lines(figures).forEach(out::println);
    }
    out.flush();
  }
}
