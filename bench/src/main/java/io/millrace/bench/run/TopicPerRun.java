package io.millrace.bench.run;

import static io.millrace.bench.load.Samples.median;

import io.millrace.bench.Bench;
import io.millrace.bench.Benchmark;
import io.millrace.bench.Figure;
import io.millrace.bench.Scale;
import io.millrace.bench.load.Rate;
import io.millrace.bench.raw.RawAdmin;
import io.millrace.bench.stack.BenchStack;
import io.millrace.bench.stack.Until;
import io.millrace.bench.stack.Workers;
import io.millrace.bench.step.Telling;
import io.millrace.protocol.Namespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a topic for each run costs, and whether all of them are gone in the end. */
public final class TopicPerRun implements Benchmark {
  private static final int IN_FLIGHT = 100;
  private static final int BATCH = 100;

  /** After retention. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "topics";
  }

  @Override
  public String about() {
    return "runs that each stream one event, against batched creation of topics; and the topics that are left after retention";
  }

  @Override
  public List<Figure> run(Bench bench) throws InterruptedException {
    BenchStack stack = bench.stack();
    Duration retention = bench.scale().streamRetention();
    try (Workers workers = stack.workers(Telling.WORKFLOW.name(), Telling.Tell.class);
        RawAdmin admin = new RawAdmin(stack.config())) {
      double runs = runsPerSecond(bench, stack);
      long lastRun = System.nanoTime();
      RawRates raw = raw(bench, admin);
      int left = awaitNone(admin, stack.config().namespace(), retention);
      double gone = (System.nanoTime() - lastRun) / 1e9 - retention.toMillis() / 1e3;
      return List.of(
          Figure.of(name() + ".runs", runs, "1/s").against(raw.created()).atLeast(0.5),
          Figure.of(name() + ".written", runs, "1/s").against(raw.written()),
          Figure.of(name() + ".left", left, "topics").atMost(0),
          Figure.of(name() + ".late", gone, "s"));
    }
  }

  private static double runsPerSecond(Bench bench, BenchStack stack) throws InterruptedException {
    Scale scale = bench.scale();
    int inFlight = scale.pick(2, IN_FLIGHT, IN_FLIGHT);
    TellingRuns runs = new TellingRuns(stack.client());
    List<Rate> rates = Rate.measure(runs, inFlight, scale.rounds(), scale.round(), stack::cpu);
    return median(rates, Rate::perSecond);
  }

  /**
   * Topics a second by a plain client.
   *
   * @param created until the controller has noted them, of which brokers know nothing yet
   * @param written until each has taken a record
   */
  private record RawRates(double created, double written) {}

  private static RawRates raw(Bench bench, RawAdmin admin) throws InterruptedException {
    int batch = bench.scale().pick(5, BATCH, BATCH);
    List<Double> created = new ArrayList<>();
    List<Double> written = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (int i = 0; i <= bench.scale().rounds(); i++) {
      String prefix = "raw-stream-" + i + "-";
      List<String> names = IntStream.range(0, batch).mapToObj(n -> prefix + n).toList();
      long began = System.nanoTime();
      admin.create(names, 1);
      long known = System.nanoTime();
      admin.write(names);
      if (i > 0) {
        created.add(batch / ((known - began) / 1e9));
        written.add(batch / ((System.nanoTime() - began) / 1e9));
      }
      all.addAll(names);
    }
    admin.delete(all);
    return new RawRates(median(created, rate -> rate), median(written, rate -> rate));
  }

  /** How many topics of streams are left: none, or those that are there when time is up. */
  private static int awaitNone(RawAdmin admin, Namespace namespace, Duration retention)
      throws InterruptedException {
    Until gone = new Until(retention.plus(LIMIT), Duration.ofMillis(100));
    return gone.last(
        () -> (int) admin.names().stream().filter(namespace::isStreamTopic).count(),
        left -> left == 0);
  }
}
