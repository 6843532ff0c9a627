package io.millrace.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Any container, any fault, for a random while, by a seed ({@code -Dmillrace.seed}) for so long
 * ({@code -Dmillrace.random.seconds}). What happened is printed, and in {@code
 * target/random-faults.txt}.
 */
@OnStack
class RandomFaultsIT {
  private static final int LONGEST_MILLIS = 10_000;

  @Test
  @Tag("smoke")
  @Tag("full")
  void F1_F3_whatever_happens_to_whomever_every_run_ends_as_without_it(Stack stack)
      throws Exception {
    long seed = Long.getLong("millrace.seed", System.nanoTime());
    Duration time = Duration.ofSeconds(Long.getLong("millrace.random.seconds", 60));
    Map<String, Integer> faults = new TreeMap<>();
    int[] runs = new int[1];
    System.out.println("random faults: seed " + seed + ", " + time);
    try {
      stack.underLoad(
          load -> {
            int before = load.count();
            disturb(stack, new Random(seed), time, faults);
            runs[0] = load.count() - before;
          });
      report(stack, seed, time, runs[0], faults, "every run ended as without faults, nothing left");
    } catch (Exception | AssertionError e) {
      report(stack, seed, time, runs[0], faults, e.toString());
      throw e;
    }
  }

  private static void disturb(
      Stack stack, Random random, Duration time, Map<String, Integer> faults)
      throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      Member victim = anyOf(stack.members(), random);
      Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
      if (isFit(victim, stack)) {
        faults.merge(victim.kind() + " " + fault, 1, Integer::sum);
        fault.happen(victim, stack.cluster().network(), random.nextInt(LONGEST_MILLIS));
      }
      Thread.sleep(random.nextInt(1_000));
    }
  }

  /** First a kind, so that the few brokers and coordinators are met as often as the many steps. */
  private static Member anyOf(List<Member> members, Random random) {
    Member.Kind kind = Member.Kind.values()[random.nextInt(Member.Kind.values().length)];
    List<Member> ofKind = members.stream().filter(member -> member.kind() == kind).toList();
    return ofKind.get(random.nextInt(ofKind.size()));
  }

  /**
   * Two of three replicas must be there, so a broker is left alone until the last one is back. Who
   * has just ended by itself is left alone too.
   */
  private static boolean isFit(Member victim, Stack stack) {
    return Docker.isRunning(victim)
        && (victim.kind() != Member.Kind.BROKER || stack.cluster().isInSync());
  }

  private static void report(
      Stack stack, long seed, Duration time, int runs, Map<String, Integer> faults, String audit)
      throws Exception {
    StringBuilder report = new StringBuilder();
    report.append("random faults: seed %d, %d s%n".formatted(seed, time.toSeconds()));
    report.append("  runs that ended meanwhile: %d%n".formatted(runs));
    faults.forEach((kind, count) -> report.append("  %-20s %d%n".formatted(kind, count)));
    report.append("  started again by themselves: " + stack.restarts().orElse("none") + "\n");
    report.append("  audit: " + audit + "\n");
    System.out.print(report);
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "random-faults.txt"), report);
  }
}
