package io.millrace.system;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Which containers of this run have ended by themselves, and how, for as long as it is open. */
final class Ends implements AutoCloseable {
  private static final Map<String, String> MEANINGS =
      Map.of("1", "an error", "3", "out of memory", "137", "killed", "143", "asked to end");

  private final Queue<String> ends = new ConcurrentLinkedQueue<>();
  private final ResultCallback.Adapter<Event> events;

  Ends() {
    events =
        Docker.onEnd(
            new ResultCallback.Adapter<Event>() {
              @Override
              public void onNext(Event event) {
                ended(event);
              }
            });
  }

  private void ended(Event event) {
    Map<String, String> attributes =
        Objects.requireNonNullElse(
            Objects.requireNonNull(event.getActor()).getAttributes(), Map.of());
    String id = Objects.requireNonNull(event.getId());
    // What has no name here is a helper, which ends when its work is done.
    if (attributes.containsKey(Containers.NAME) && !Docker.wasExpected(id)) {
      String code = attributes.getOrDefault("exitCode", "?");
      ends.add(
          "%s ended by itself with %s (%s)"
              .formatted(
                  attributes.get(Containers.NAME),
                  code,
                  MEANINGS.getOrDefault(code, "see its log")));
    }
  }

  /** In order, so far. */
  List<String> all() {
    return List.copyOf(ends);
  }

  @Override
  public void close() {
    try {
      events.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
