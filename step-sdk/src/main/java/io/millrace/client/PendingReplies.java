package io.millrace.client;

import io.millrace.protocol.Reply;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Questions without an answer yet, by request id. Thread-safe. */
final class PendingReplies {
  private final Map<String, CompletableFuture<Reply>> pending = new ConcurrentHashMap<>();

  CompletableFuture<Reply> open(String requestId) {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    pending.put(requestId, answer);
    return answer;
  }

  boolean isOpen(String requestId) {
    return pending.containsKey(requestId);
  }

  /** The first answer counts; an answer to a repeated question says less. */
  void offer(Reply reply) {
    @Nullable CompletableFuture<Reply> answer = pending.remove(reply.getRequestId());
    if (answer != null) {
      answer.complete(reply);
    }
  }

  void close(String requestId) {
    pending.remove(requestId);
  }

  void closeAll(RuntimeException reason) {
    pending.values().forEach(answer -> answer.completeExceptionally(reason));
    pending.clear();
  }
}
