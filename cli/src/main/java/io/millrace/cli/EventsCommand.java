package io.millrace.cli;

import io.millrace.coordinator.index.WorkflowEvent;
import io.millrace.coordinator.index.WorkflowOutline;
import io.millrace.protocol.EventKind;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what events are made of. */
@Command(
    name = "events",
    header = "Show what a workflow's events are made of.",
    description = {
      "Lists the types of events that a workflow's registered steps declare: what kind each is, which steps accept it, and its fields; and how a run is started. A field in parentheses may be left out.",
      "With TYPE, shows that type alone: an event of it as an example, and its Avro schema."
    },
    footer = {
      "  millrace events rag",
      "  millrace events rag Ask",
      "  millrace events rag --json | jq -r 'select(.kind == \"START\") | .example'"
    })
final class EventsCommand implements Callable<Integer> {
  @Mixin Connection connection = new Connection();
  @Spec @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "WORKFLOW", description = "Name of the workflow.")
  String workflow = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TYPE",
      description = "Only this type of event. Default: all.")
  @Nullable String type;

  @Option(names = "--json", description = "Print JSON, a type of event a line.")
  boolean json;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec);
    WorkflowOutline outline =
        Lookup.workflow(Lookup.steps(connection.config(), terminal.progress()), workflow);
    List<WorkflowEvent> events =
        type == null ? outline.events() : List.of(Lookup.event(outline, type));
    PrintWriter out = terminal.out();
    if (json) {
      events.forEach(event -> out.println(line(event)));
    } else if (type != null) {
      print(events.get(0), outline, out);
    } else {
      print(outline, out);
    }
    return 0;
  }

  private static void print(WorkflowOutline outline, PrintWriter out) {
    Table table = new Table("EVENT", "KIND", "ACCEPTED BY", "FIELDS");
    for (WorkflowEvent event : outline.events()) {
      table.row(event.type(), event.kind().name(), acceptedBy(outline, event), fields(event));
    }
    table.print(out);
    out.println();
    outline.events().stream()
        .filter(event -> event.kind() == EventKind.START)
        .forEach(event -> out.println("To start a run:  " + howToStart(outline, event)));
  }

  private static void print(WorkflowEvent event, WorkflowOutline outline, PrintWriter out) {
    String accepted = acceptedBy(outline, event);
    out.printf("event        %s%n", event.type());
    out.printf("kind         %s%n", event.kind());
    out.printf("accepted by  %s%n", accepted.isEmpty() ? "no step" : accepted);
    out.printf("example      %s%n", EventExample.of(schema(event)));
    if (event.kind() == EventKind.START) {
      out.printf("start        %s%n", howToStart(outline, event));
    }
    out.println(schema(event).toString(true));
  }

  private static String howToStart(WorkflowOutline outline, WorkflowEvent event) {
    String which = outline.startEvents().size() == 1 ? "" : " --type " + event.type();
    return "millrace start %s '%s'%s"
        .formatted(outline.name(), EventExample.of(schema(event)), which);
  }

  private static String acceptedBy(WorkflowOutline outline, WorkflowEvent event) {
    return outline.steps().stream()
        .filter(
            step -> step.accepts().contains(event.type()) || step.waitsFor().contains(event.type()))
        .map(step -> step.name())
        .collect(Collectors.joining(", "));
  }

  private static String fields(WorkflowEvent event) {
    return schema(event).getFields().stream()
        .map(
            field -> {
              String text = field.name() + ": " + FieldKind.of(field.schema());
              return FieldKind.isOptional(field) ? "(" + text + ")" : text;
            })
        .collect(Collectors.joining("; "));
  }

  private static Schema schema(WorkflowEvent event) {
    return new Schema.Parser().parse(event.schema());
  }

  private String line(WorkflowEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("workflow", workflow);
    fields.put("type", event.type());
    fields.put("kind", event.kind());
    fields.put("example", Json.tree(EventExample.of(schema(event))));
    fields.put("schema", Json.tree(event.schema()));
    return Json.object(fields);
  }
}
