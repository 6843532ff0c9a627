package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  /** Of so many faults one has another beside it. */
  private static final int SECOND_IN = 4;

  /** Longer than any fault, and what follows it until others have taken over. */
  private static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(60);

  private final Map<String, Integer> faults = new TreeMap<>();
  private int runs;
  private Duration standstill = Duration.ZERO;

  @Test
  @Tag("smoke")
  @Tag("full")
  void F1_F3_whatever_happens_to_whomever_every_run_ends_as_without_it(Stack stack)
      throws Exception {
    long seed = Long.getLong("millrace.seed", System.nanoTime());
    Duration time = Duration.ofSeconds(Long.getLong("millrace.random.seconds", 60));
    System.out.println("random faults: seed " + seed + ", " + time);
    try {
      stack.underLoad(
          load -> {
            int before = load.count();
            try (Pulse pulse = Pulse.of(load)) {
              disturb(stack, new Random(seed), time);
              standstill = pulse.longestStandstill();
            }
            runs = load.count() - before;
          });
      assertThat(standstill)
          .as("longest time without the end of a run")
          .isLessThan(LONGEST_STANDSTILL);
      report(stack, seed, time, "every run ended as without faults, nothing left");
    } catch (Exception | AssertionError e) {
      report(stack, seed, time, e.toString());
      throw e;
    }
  }

  private void disturb(Stack stack, Random random, Duration time) throws InterruptedException {
    FaultDeck deck = new FaultDeck(random);
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      FaultDeck.Card card = deck.draw();
      Member victim = anyOf(stack.members(), card.kind(), random);
      if (isFit(victim, stack)) {
        if (random.nextInt(SECOND_IN) == 0) {
          together(card, victim, stack, random);
        } else {
          alone(card, victim, stack);
        }
      } else {
        deck.putBack(card);
      }
      Thread.sleep(random.nextInt(1_000));
    }
  }

  private void alone(FaultDeck.Card card, Member victim, Stack stack) throws InterruptedException {
    note(card.fault(), victim);
    card.fault().happen(victim, stack.cluster().network(), card.millis());
  }

  /** Another fault, to another container that is no broker, begins before and ends after it. */
  private void together(FaultDeck.Card card, Member victim, Stack stack, Random random)
      throws InterruptedException {
    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
    Optional<Member> other = another(victim, stack, random);
    if (other.isEmpty()) {
      alone(card, victim, stack);
      return;
    }
    note(fault, other.get());
    fault.begin(other.get(), stack.cluster().network());
    try {
      alone(card, victim, stack);
    } finally {
      fault.end(other.get(), stack.cluster().network());
    }
  }

  private static Optional<Member> another(Member victim, Stack stack, Random random) {
    List<Member> others =
        stack.fleet().members().stream().filter(member -> !member.equals(victim)).toList();
    Member other = others.get(random.nextInt(others.size()));
    return Optional.of(other).filter(Docker::isRunning);
  }

  private void note(Fault fault, Member victim) {
    faults.merge(victim.kind() + " " + fault, 1, Integer::sum);
  }

  private static Member anyOf(List<Member> members, Member.Kind kind, Random random) {
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

  private void report(Stack stack, long seed, Duration time, String audit) throws Exception {
    StringBuilder report = new StringBuilder();
    report.append("random faults: seed %d, %d s%n".formatted(seed, time.toSeconds()));
    report.append("  runs that ended meanwhile: %d%n".formatted(runs));
    report.append("  longest time without one: %d s%n".formatted(standstill.toSeconds()));
    faults.forEach((kind, count) -> report.append("  %-20s %d%n".formatted(kind, count)));
    report.append("  started again by themselves: " + stack.restarts().orElse("none") + "\n");
    report.append("  audit: " + audit + "\n");
    System.out.print(report);
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "random-faults.txt"), report);
  }
}
