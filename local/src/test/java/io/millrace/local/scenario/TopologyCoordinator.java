package io.millrace.local.scenario;

import io.millrace.coordinator.codec.Outgoing;
import io.millrace.coordinator.topology.TopologyHarness;
import io.millrace.local.inline.InlineCoordinator;
import io.millrace.protocol.StepRegistration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The real topology as a coordinator; each of its inputs is committed at once. */
record TopologyCoordinator(TopologyHarness topology)
    implements InlineCoordinator, VirtualStage.Life {
  @Override
  public void register(StepRegistration step) {
    topology.register(step);
  }

  @Override
  public List<Outgoing> apply(String runId, byte[] input, Instant at) {
    return topology.apply(runId, input, at);
  }

  @Override
  public void commit() {}

  @Override
  public void rollBack() {
    throw new UnsupportedOperationException("the driver commits each input");
  }

  @Override
  public Optional<Instant> nextTimer(@Nullable String runId) {
    return topology.nextTimer(runId);
  }

  @Override
  public List<Appended> due(Instant now) {
    return topology.due(now).stream().map(due -> new Appended(due.runId(), due.input())).toList();
  }

  @Override
  public void restart() {
    topology.restart();
  }

  @Override
  public boolean remembers(String runId) {
    return topology.remembers(runId);
  }

  @Override
  public void close() {
    topology.close();
  }
}
