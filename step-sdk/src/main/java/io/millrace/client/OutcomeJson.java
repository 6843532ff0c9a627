package io.millrace.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.OutcomeState;
import io.millrace.protocol.BufferDiagnosis;
import io.millrace.protocol.RunFailure;
import io.millrace.protocol.RunOutcome;
import org.jspecify.annotations.Nullable;

/** An outcome for machines that read text; the stop event as plain JSON. */
final class OutcomeJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private OutcomeJson() {}

  static String write(RunOutcome outcome, EventValues values) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("runId", outcome.getRunId());
    json.put("workflow", outcome.getWorkflow());
    json.put("status", outcome.getStatus().name());
    json.put("epoch", outcome.getEpoch());
    json.put("startedAt", outcome.getStartedAt().toString());
    json.put("endedAt", outcome.getEndedAt().toString());
    if (!outcome.getReason().isEmpty()) {
      json.put("reason", outcome.getReason());
    }
    byte @Nullable [] result = StreamedRecord.resultBytes(outcome);
    if (result != null) {
      json.put("type", Outcomes.terminalType(outcome));
      put(json, "result", values.toJson(result));
    }
    @Nullable RunFailure failure = outcome.getFailure();
    if (failure != null) {
      json.putObject("failure")
          .put("step", failure.getStep())
          .put("executionId", failure.getExecutionId())
          .put("type", failure.getError().getType())
          .put("message", failure.getError().getMessage())
          .put("stack", failure.getError().getStack())
          .put("attempts", failure.getAttempts());
    }
    if (!outcome.getActiveSteps().isEmpty()) {
      outcome.getActiveSteps().forEach(json.putArray("activeSteps")::add);
    }
    if (!outcome.getState().isEmpty()) {
      json.set("state", MAPPER.valueToTree(new OutcomeState(outcome.getState()).plain()));
    }
    for (BufferDiagnosis buffer : outcome.getBuffers()) {
      ObjectNode node = json.withArray("buffers").addObject();
      node.put("step", buffer.getStep()).put("bufferId", buffer.getBufferId());
      ObjectNode holds = node.putObject("holds");
      buffer.getHolds().forEach(holds::put);
      ObjectNode lacks = node.putObject("lacks");
      buffer.getLacks().forEach(lacks::put);
    }
    return json.toString();
  }

  private static void put(ObjectNode json, String field, String text) {
    try {
      json.set(field, MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("own JSON cannot be read back", e);
    }
  }
}
