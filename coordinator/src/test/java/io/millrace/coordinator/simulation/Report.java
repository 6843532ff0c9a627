package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Bytes;
import io.millrace.coordinator.core.ErrorInfo;
import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.StepEffect;
import io.millrace.coordinator.core.Token;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a worker writes to the run log at the end of a try. */
final class Report {
  private final World world;
  private final Site site;
  private final Worker worker;
  private final Parcel parcel;
  private final Token token;
  private final String tryId;

  Report(World world, Site site, Worker worker, Parcel parcel, String tryId) {
    this.world = world;
    this.site = site;
    this.worker = worker;
    this.parcel = parcel;
    this.token = parcel.target.token();
    this.tryId = tryId;
  }

  void write(Plan plan) {
    if (plan instanceof Plan.Complete complete) {
      completed(complete, Work.effects(complete, parcel, tryId));
    } else if (plan instanceof Plan.Fail fail) {
      failed(fail);
    } else if (plan instanceof Plan.Suspend suspend) {
      suspended(suspend);
    }
  }

  private void failed(Plan.Fail fail) {
    world.deeds.failed(tryId, Work.effects(fail.done(), parcel, tryId));
    ErrorInfo error = new ErrorInfo("Boom", "it broke", "");
    send(
        new RunInput.StepFailed(
            token, worker.name, tryId, fail.kind(), error, fail.retryable(), 0));
  }

  private void suspended(Plan.Suspend suspend) {
    Event prompt = suspend.prompts() ? Work.event(tryId, "Ask") : null;
    Integer millis = suspend.timeoutMillis();
    send(
        new RunInput.StepSuspended(
            token,
            worker.name,
            tryId,
            suspend.waiterId(),
            "Reply",
            suspend.order() == null ? Map.of() : Map.of("order", suspend.order()),
            millis == null ? null : Duration.ofMillis(millis),
            prompt,
            0));
  }

  private void completed(Plan.Complete plan, List<StepEffect> effects) {
    world.deeds.completed(tryId, effects);
    MessageDigest digest = sha256();
    int shipped = 0;
    for (int i = 0; i < plan.chunks(); i++) {
      int next = i + 1 == plan.chunks() ? effects.size() / 2 : Math.min(1, effects.size() / 2);
      Bytes encoded = Work.bytes(tryId + " " + i);
      digest.update(encoded.array());
      List<StepEffect> part = effects.subList(shipped, Math.max(shipped, next));
      if (!site.strikes(Fault.LOST_CHUNK)) {
        send(new RunInput.CompletionChunk(token, tryId, i, part, encoded));
      }
      shipped += part.size();
    }
    long first8 = plan.chunks() == 0 ? 0 : ByteBuffer.wrap(digest.digest()).getLong();
    List<StepEffect> rest = effects.subList(shipped, effects.size());
    send(new RunInput.StepCompleted(token, worker.name, tryId, plan.chunks(), first8, rest, 0));
  }

  private void send(RunInput input) {
    world.network.send(worker.name, parcel.runId, input);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
