package io.millrace.coordinator.codec;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.ErrorInfo;
import io.millrace.coordinator.core.Lineage;
import io.millrace.protocol.store.StoredExecution;
import io.millrace.protocol.store.StoredInput;
import io.millrace.protocol.store.StoredLineage;
import io.millrace.protocol.store.StoredPhase;

/** Open executions as stored. */
final class ExecutionEntryCodec {
  private ExecutionEntryCodec() {}

  static EntryCodec<Entry.OpenExecution> codec(char tag) {
    return EntryCodec.of(
        tag,
        Entry.OpenExecution.class,
        StoredExecution.class,
        ExecutionEntryCodec::toAvro,
        ExecutionEntryCodec::fromAvro);
  }

  private static StoredExecution toAvro(Entry.OpenExecution e) {
    ErrorInfo lastError = e.lastError();
    return new StoredExecution(
        e.id(),
        e.step(),
        Values.event(e.event()),
        StoredPhase.valueOf(e.phase().name()),
        e.attempt(),
        e.round(),
        e.digest(),
        e.worker(),
        e.lost(),
        e.failures(),
        e.faults(),
        e.sequence(),
        e.firstDispatchedAt(),
        e.since(),
        lastError == null ? null : Values.error(lastError),
        lineage(e.lineage()),
        StoredInput.valueOf(e.input().name()));
  }

  static StoredLineage lineage(Lineage l) {
    return new StoredLineage(l.fanOut(), l.path(), l.recoveries());
  }

  static Lineage lineage(StoredLineage l) {
    return new Lineage(l.getFanOut(), l.getPath(), l.getRecoveries());
  }

  private static Entry.OpenExecution fromAvro(StoredExecution a) {
    io.millrace.protocol.ErrorInfo lastError = a.getLastError();
    return new Entry.OpenExecution(
        a.getId(),
        a.getStep(),
        Values.event(a.getEvent()),
        Entry.Phase.valueOf(a.getPhase().name()),
        a.getAttempt(),
        a.getRound(),
        a.getDigest(),
        a.getWorker(),
        a.getLost(),
        a.getFailures(),
        a.getFaults(),
        a.getSequence(),
        a.getFirstDispatchedAt(),
        a.getSince(),
        lastError == null ? null : Values.error(lastError),
        lineage(a.getLineage()),
        Entry.Input.valueOf(a.getInput().name()));
  }
}
