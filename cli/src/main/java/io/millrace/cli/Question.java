package io.millrace.cli;

import io.millrace.EventStream;
import io.millrace.RunInspection;
import io.millrace.StreamedEvent;
import io.millrace.UntypedRunHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An open question of a run, as it stands on the stream.
 *
 * @param eventId what an answer replies to
 * @param fields as JSON text
 */
record Question(String runId, String eventId, String type, String fields) {
  /**
   * The one that is meant.
   *
   * @param promptId null: the only one
   * @throws UsageException if there is none, or several; says what to write instead
   */
  static Question one(
      UntypedRunHandle run, List<RunInspection.Prompt> open, @Nullable String promptId) {
    if (open.isEmpty()) {
      throw new UsageException(
          "run %s has no open question; `millrace inspect %s` shows what it waits for"
              .formatted(run.runId(), run.runId()));
    }
    List<RunInspection.Prompt> meant =
        open.stream().filter(p -> promptId == null || p.eventId().equals(promptId)).toList();
    if (meant.size() != 1) {
      throw new UsageException(
          "run %s has %d open questions%s: say --prompt and one of %s; --show shows them"
              .formatted(
                  run.runId(),
                  open.size(),
                  promptId == null ? "" : ", none of them " + promptId,
                  open.stream().map(RunInspection.Prompt::eventId).toList()));
    }
    return all(run, meant).get(0);
  }

  /**
   * These questions, in the order of the stream.
   *
   * @throws UsageException if the run ends before all have been read: they are open no more
   */
  static List<Question> all(UntypedRunHandle run, List<RunInspection.Prompt> open) {
    List<String> missing =
        new ArrayList<>(open.stream().map(RunInspection.Prompt::eventId).toList());
    List<Question> found = new ArrayList<>();
    try (EventStream.EventIterator stream = run.streamEvents().iterator()) {
      while (!missing.isEmpty() && stream.hasNext()) {
        StreamedEvent event = stream.next();
        if (event.kind() == StreamedEvent.Kind.PROMPT
            && missing.remove(event.eventId().orElse(""))) {
          found.add(
              new Question(run.runId(), event.eventId().orElseThrow(), event.type(), event.json()));
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new UsageException(
          "run " + run.runId() + " has ended meanwhile; its questions are open no more");
    }
    return found;
  }

  String readable() {
    return "? " + type + " " + fields + "  (id " + eventId + ")";
  }

  String json() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("runId", runId);
    line.put("eventId", eventId);
    line.put("type", type);
    line.put("event", Json.tree(fields));
    return Json.object(line);
  }
}
