package io.millrace.coordinator.simulation;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every decision of a history. A decision is named by its source and its number there, so that
 * taking one back leaves those of other sources as they were; 0 is always the harmless answer. What
 * was decided can be written down and lived again, whole or in part.
 */
final class Choices {
  /** The {@code number}-th decision of {@code source}. */
  record Decision(String source, int number) {}

  private final long seed;
  private final @Nullable Map<Decision, Integer> script;
  private final @Nullable Map<Decision, Integer> made;
  private final Map<String, Source> sources = new HashMap<>();

  private Choices(
      long seed, @Nullable Map<Decision, Integer> script, @Nullable Map<Decision, Integer> made) {
    this.seed = seed;
    this.script = script;
    this.made = made;
  }

  static Choices ofSeed(long seed) {
    return new Choices(seed, null, null);
  }

  /** As {@link #ofSeed}; writes down what it decides, unless it is 0. */
  static Choices recorded(long seed, Map<Decision, Integer> made) {
    return new Choices(seed, null, made);
  }

  /** What the script does not name is 0. */
  static Choices scripted(Map<Decision, Integer> script, Map<Decision, Integer> made) {
    return new Choices(0, script, made);
  }

  Source source(String name) {
    return sources.computeIfAbsent(name, Source::new);
  }

  /** A sequence of decisions about one matter. */
  final class Source {
    private final String name;
    private final long salt;
    private int number;

    private Source(String name) {
      this.name = name;
      this.salt = mix(seed ^ mix(name.hashCode()));
    }

    /** From 0 to {@code bound - 1}. */
    int below(int bound) {
      int at = number++;
      return note(at, script == null ? (int) ((bits(at) >>> 33) % bound) : scripted(at, bound));
    }

    /** True once in {@code n} times. */
    boolean oneIn(int n) {
      int at = number++;
      boolean hit = script == null ? (bits(at) >>> 33) % n == 0 : scripted(at, 2) == 1;
      return note(at, hit ? 1 : 0) == 1;
    }

    private long bits(int at) {
      return mix(salt + at * 0x9e3779b97f4a7c15L);
    }

    private int scripted(int at, int bound) {
      return script == null ? 0 : script.getOrDefault(new Decision(name, at), 0) % bound;
    }

    private int note(int at, int value) {
      if (made != null && value != 0) {
        made.put(new Decision(name, at), value);
      }
      return value;
    }
  }

  static Map<Decision, Integer> nothing() {
    return new LinkedHashMap<>();
  }

  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
