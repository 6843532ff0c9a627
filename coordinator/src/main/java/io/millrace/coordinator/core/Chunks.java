package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.Entry.StoredChunk;
import io.millrace.coordinator.core.RunEffect.Reason;
import io.millrace.coordinator.core.RunStore.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Parts of a completion that were shipped ahead. They belong to a try (law 6). */
final class Chunks {
  /** Index of what stands for a try that was refused. */
  private static final int REFUSED = -1;

  private final LiveRun run;

  Chunks(LiveRun run) {
    this.run = run;
  }

  void store(RunInput.CompletionChunk input) {
    OpenExecution execution = run.current(input.token());
    if (execution == null) {
      return;
    }
    int most = run.turn.limits().maxEffects();
    if (input.index() < 0 || input.index() >= most || run.chunks >= most) {
      run.turn.disregard(
          Reason.CHUNK_MISMATCH,
          "chunk " + input.index() + " of at most " + most + ", " + run.chunks + " are stored");
      return;
    }
    EntryKey<StoredChunk> key = Keys.chunk(execution.id(), input.tryId(), input.index());
    if (run.store.get(key) != null) {
      run.turn.disregard(Reason.DUPLICATE, "chunk " + input.index() + " of " + input.tryId());
      return;
    }
    run.store.put(
        key, new StoredChunk(input.tryId(), input.index(), input.effects(), input.encoded()));
    run.chunks++;
  }

  /**
   * All effects of the completion; null: not every chunk of its try came, or not as it was sent.
   */
  @Nullable List<StepEffect> assemble(OpenExecution execution, RunInput.StepCompleted input) {
    if (input.chunkCount() == 0) {
      return input.effects();
    }
    TreeMap<Integer, StoredChunk> byIndex = new TreeMap<>();
    for (Found<StoredChunk> found : stored(execution)) {
      if (found.entry().tryId().equals(input.tryId()) && found.entry().index() != REFUSED) {
        byIndex.put(found.entry().index(), found.entry());
      }
    }
    byIndex.tailMap(input.chunkCount(), true).clear();
    if (byIndex.size() != input.chunkCount()) {
      return null;
    }
    Fingerprint digest = new Fingerprint();
    List<StepEffect> effects = new ArrayList<>();
    for (StoredChunk chunk : byIndex.values()) {
      digest.addPlain(chunk.encoded());
      effects.addAll(chunk.effects());
    }
    effects.addAll(input.effects());
    return digest.first8() == input.chunkDigest() ? effects : null;
  }

  /**
   * Remembers that the final completion of this try was refused. Another try has been sent out with
   * the same token, so nothing else would tell a repeat of that completion apart.
   *
   * @return false if it was refused before
   */
  boolean refuse(OpenExecution execution, String tryId) {
    EntryKey<StoredChunk> key = Keys.chunk(execution.id(), tryId, REFUSED);
    if (run.store.get(key) != null) {
      return false;
    }
    run.store.put(key, new StoredChunk(tryId, REFUSED, List.of(), Bytes.EMPTY));
    run.chunks++;
    return true;
  }

  void drop(OpenExecution execution) {
    for (Found<StoredChunk> found : stored(execution)) {
      run.store.remove(found.key());
      run.chunks--;
    }
  }

  private List<Found<StoredChunk>> stored(OpenExecution execution) {
    return run.chunks == 0
        ? List.of()
        : run.store.scan(StoredChunk.class, execution.id(), Integer.MAX_VALUE);
  }
}
