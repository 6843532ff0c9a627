package io.millrace.bench.raw;

import io.millrace.config.MillraceConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Raw chains that were started together; closing ends their processes. */
public final class RawChains implements AutoCloseable {
  private final Map<Integer, RawChain> byLength = new TreeMap<>();
  private final List<String> processes;
  private final Runnable end;

  /**
   * @param processes names of those between the topics, which poll already
   * @param end ends them
   */
  public RawChains(
      MillraceConfig config, List<RawLine> lines, List<String> processes, Runnable end) {
    this.processes = List.copyOf(processes);
    this.end = end;
    lines.forEach(line -> byLength.put(line.hops(), new RawChain(config, line)));
  }

  /** The one of so many hops. */
  public RawChain ofLength(int hops) {
    return Objects.requireNonNull(byLength.get(hops), () -> "no raw chain of " + hops + " hops");
  }

  /** Names of the processes. */
  public List<String> processes() {
    return processes;
  }

  @Override
  public void close() {
    end.run();
    byLength.values().forEach(RawChain::close);
  }
}
