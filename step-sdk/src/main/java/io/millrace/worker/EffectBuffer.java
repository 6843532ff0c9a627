package io.millrace.worker;

import io.millrace.protocol.ChunkDigest;
import io.millrace.protocol.CompletionChunk;
import io.millrace.protocol.Effect;
import io.millrace.protocol.StepCompleted;
import io.millrace.protocol.Token;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The effects of one try, in program order. When they grow large they are shipped ahead as chunks
 * of this try (law 6), so that the width of a fan-out is not bounded by the size of a record.
 * Thread-safe.
 */
final class EffectBuffer {
  private final RunLog log;
  private final String runId;
  private final Token token;
  private final String tryId;
  private final int chunkBytes;
  private final PendingAcks chunkAcks = new PendingAcks();
  private final MessageDigest digest = ChunkDigest.sha256();
  private List<Effect> pending = new ArrayList<>();
  private long pendingBytes;
  private int chunks;

  EffectBuffer(RunLog log, String runId, Token token, String tryId, int chunkBytes) {
    this.log = log;
    this.runId = runId;
    this.token = token;
    this.tryId = tryId;
    this.chunkBytes = chunkBytes;
  }

  synchronized void add(Effect effect) {
    pending.add(effect);
    pendingBytes += ChunkDigest.encode(List.of(effect)).length;
    if (pendingBytes > chunkBytes) {
      ship();
    }
  }

  private void ship() {
    digest.update(ChunkDigest.encode(pending));
    chunkAcks.sent();
    log.chunk(runId, new CompletionChunk(token, tryId, chunks, pending))
        .whenComplete((done, error) -> chunkAcks.acknowledged(error));
    chunks++;
    pending = new ArrayList<>();
    pendingBytes = 0;
  }

  /** Why a chunk did not become durable; null if all did. Waits for them. */
  @Nullable Throwable awaitChunks() {
    return chunkAcks.await();
  }

  /** The final completion. To be called once, after {@link #awaitChunks}. */
  synchronized StepCompleted completion(String worker, int streamed) {
    long sum = chunks == 0 ? 0 : ChunkDigest.first8(digest);
    return new StepCompleted(token, worker, tryId, chunks, sum, pending, streamed);
  }
}
