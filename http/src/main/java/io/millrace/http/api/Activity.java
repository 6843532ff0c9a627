package io.millrace.http.api;

import io.millrace.coordinator.core.Entry.Phase;
import io.millrace.coordinator.index.WorkflowActivity;
import io.millrace.http.api.ActivityViews.ActivityList;
import io.millrace.http.api.ActivityViews.StepActivity;
import io.millrace.http.api.ActivityViews.WorkflowActivityView;
import io.millrace.http.route.Access;
import io.millrace.http.route.Answer;
import io.millrace.http.route.Call;
import io.millrace.http.route.Parameter;
import io.millrace.http.route.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Live counts. */
final class Activity {
  private final Backend backend;

  Activity(Backend backend) {
    this.backend = backend;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
                "/api/activity",
                Access.VIEW,
                "getActivity",
                "How many runs there are and what is open at which step, a moment ago",
                this::now)
            .with(Parameter.query("workflow", "Only this workflow."))
            .answering(200, "Workflows that have runs", ActivityList.class));
  }

  private Answer now(Call call) {
    Optional<String> wanted = call.query("workflow");
    return Answer.ok(
        new ActivityList(
            backend.activity().get().stream()
                .filter(one -> wanted.map(one.workflow()::equals).orElse(true))
                .map(Activity::view)
                .toList()));
  }

  private static WorkflowActivityView view(WorkflowActivity activity) {
    return new WorkflowActivityView(
        activity.workflow(),
        activity.runs(),
        activity.steps().entrySet().stream()
            .map(step -> view(step.getKey(), step.getValue()))
            .toList());
  }

  private static StepActivity view(String step, Map<Phase, Integer> open) {
    return new StepActivity(
        step,
        count(open, Phase.QUEUED) + count(open, Phase.CONTENDING),
        count(open, Phase.DISPATCHED),
        count(open, Phase.RUNNING),
        count(open, Phase.RETRYING),
        count(open, Phase.SUSPENDED));
  }

  private static int count(Map<Phase, Integer> open, Phase phase) {
    return open.getOrDefault(phase, 0);
  }
}
