package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.RunInput.FailureKind;
import io.millrace.coordinator.core.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The code of all steps. Mostly each invocation does the same whenever it is tried; now and then a
 * second try does something else, as real code may.
 */
final class Behaviour {
  private static final int EMISSIONS = 25;
  private static final FailureKind[] KINDS = {FailureKind.EXCEPTION, FailureKind.TIMEOUT};

  private final World world;
  private final Map<Token, Plan> plans = new HashMap<>();
  private final Map<String, Integer> waits = new HashMap<>();
  private final Map<String, Integer> emitted = new HashMap<>();

  Behaviour(World world) {
    this.world = world;
  }

  Plan plan(Parcel parcel) {
    Site site = world.site("code of " + parcel.target.step() + " in " + parcel.runId);
    Plan known = plans.get(parcel.target.token());
    if (known != null && !site.strikes(Fault.UNSTABLE_STEP)) {
      return known;
    }
    Plan plan = make(parcel, site);
    plans.put(parcel.target.token(), plan);
    return plan;
  }

  private Plan make(Parcel parcel, Site site) {
    if (site.strikes(Fault.REGISTRY_OUTAGE)) {
      return new Plan.Fail(FailureKind.UNREADABLE_EVENT, true, complete(parcel, site));
    }
    int answered = parcel.target.answers().size();
    if (answered < waits(parcel, site) && !world.weather.calm()) {
      int timeout = site.draw("timeout", 4);
      String order = site.oneIn("requires", 4) ? String.valueOf(site.draw("order", 2)) : null;
      return new Plan.Suspend(
          "w" + answered, order, timeout == 0 ? null : timeout * 9_000, site.oneIn("prompts", 2));
    }
    Plan.Complete whole = complete(parcel, site);
    if (site.strikes(Fault.STEP_FAILS)) {
      return new Plan.Fail(KINDS[site.draw("failure", 2)], !site.oneIn("final", 9), whole);
    }
    if (site.strikes(Fault.REFUSED_COMPLETION)) {
      return new Plan.Fail(FailureKind.COMPLETION_REFUSED, true, whole);
    }
    return whole;
  }

  /** How often the execution asks for an answer; the same in every attempt. */
  private int waits(Parcel parcel, Site site) {
    return waits.computeIfAbsent(
        parcel.target.token().executionId(),
        id -> site.oneIn("waits", 6) ? 1 + site.draw("waits", 2) : 0);
  }

  private @Nullable List<String> members(Parcel parcel, Site site) {
    List<String> types = world.workflow.members(parcel.target.step());
    if (types.isEmpty() || world.weather.calm() || !site.oneIn("returns a list", 2)) {
      return null;
    }
    List<String> members = new ArrayList<>();
    int count = site.draw("members", 5);
    for (int i = 0; i < count && mayEmit(parcel); i++) {
      members.add(types.get(site.draw("member", types.size())));
    }
    return members;
  }

  private boolean mayEmit(Parcel parcel) {
    return emitted.merge(parcel.runId, 1, Integer::sum) <= EMISSIONS;
  }

  private Plan.Complete complete(Parcel parcel, Site site) {
    List<String> emits = new ArrayList<>();
    int count = world.weather.calm() ? 0 : site.draw("emissions", 4);
    for (int i = 0; i < count; i++) {
      if (mayEmit(parcel)) {
        emits.add(world.workflow.type(site.draw("type", world.workflow.types())));
      }
    }
    if (site.oneIn("done", 25)) {
      emits.add("Done");
    }
    return new Plan.Complete(
        world.workflow.expects(parcel.target.step()),
        emits,
        members(parcel, site),
        site.oneIn("update", 6),
        site.draw("other write", 5),
        site.oneIn("in chunks", 8) ? 1 + site.draw("chunks", 2) : 0);
  }
}
