package io.millrace.worker;

import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.JoinDeclaration;
import io.millrace.protocol.JoinKind;
import io.millrace.protocol.StepRegistration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether this process's registration of a step is to be written (S9, S10).
 *
 * <pre>
 * nothing registered, or a lower version   write
 * a higher version                         leave it: a newer program has taken over
 * the same version, the same               leave it
 * the same version, an extension of it     write: more types, other limits
 * the same version, anything else          refuse: two different steps of one name
 * </pre>
 */
public final class StepVersions {
  private StepVersions() {}

  /**
   * @param registered empty: none so far
   * @throws StepConflictException if one of them must have another name or version
   */
  public static boolean toBeWritten(Optional<StepRegistration> registered, StepRegistration mine) {
    if (registered.isEmpty() || registered.get().getVersion() < mine.getVersion()) {
      return true;
    }
    StepRegistration there = registered.get();
    if (there.getVersion() > mine.getVersion() || timeless(there).equals(timeless(mine))) {
      return false;
    }
    List<String> differences = new ArrayList<>();
    compare("accepts", there.getAccepts(), mine.getAccepts(), differences);
    compare("emits", there.getEmits(), mine.getEmits(), differences);
    if (!calling(there).equals(calling(mine))) {
      differences.add("it is %s, this one %s".formatted(calling(there), calling(mine)));
    }
    if (there.getTaskSource() != mine.getTaskSource()) {
      differences.add(
          "it takes tasks by %s, this one by %s"
              .formatted(there.getTaskSource(), mine.getTaskSource()));
    }
    if (!there.getGroupId().equals(mine.getGroupId())) {
      differences.add(
          "its group is %s, this one's %s".formatted(there.getGroupId(), mine.getGroupId()));
    }
    if (!differences.isEmpty()) {
      throw new StepConflictException(
          mine.getWorkflow(), mine.getStep(), mine.getVersion(), String.join("; ", differences));
    }
    return true;
  }

  private static void compare(
      String what,
      List<EventDeclaration> there,
      List<EventDeclaration> mine,
      List<String> differences) {
    Map<String, Object> here = new TreeMap<>();
    mine.forEach(type -> here.put(type.getType(), type.getKind()));
    for (EventDeclaration type : there) {
      if (!type.getKind().equals(here.get(type.getType()))) {
        differences.add(
            "it %s %s (%s), this one %s".formatted(what, type.getType(), type.getKind(), here));
      }
    }
  }

  /** What a step is called with: old and new workers of one version must agree on it. */
  private static String calling(StepRegistration step) {
    JoinDeclaration join = step.getJoin();
    if (join != null) {
      return join.getKind() == JoinKind.ALL_OF
          ? "a join of " + join.getTypes()
          : "a join over a fan-out";
    }
    if (!step.getCatches().isEmpty()) {
      return "a failure handler";
    }
    return step.getAcceptsSubtypes()
        ? "called with single events and subtypes"
        : "called with single events";
  }

  private static StepRegistration timeless(StepRegistration registration) {
    return StepRegistration.newBuilder(registration).setRegisteredAt(Instant.EPOCH).build();
  }
}
