package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunEffect.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Events that say something, so that a test can tell them apart whatever their ids. */
final class FanOutFixture {
  private FanOutFixture() {}

  static StepEffect say(String type, String text) {
    return new StepEffect.Emit(event(type, text), null, false);
  }

  static StepEffect member(String type, String text) {
    return new StepEffect.Emit(event(type, text), null, true);
  }

  /** What a step does that returns a list. */
  static StepEffect[] fanOut(String type, String... texts) {
    StepEffect[] effects = new StepEffect[texts.length + 1];
    effects[0] = new StepEffect.OpenFanOut(texts.length);
    for (int i = 0; i < texts.length; i++) {
      effects[i + 1] = member(type, texts[i]);
    }
    return effects;
  }

  /** What a join was invoked with. */
  static List<String> texts(Target join) {
    return RunFixture.there(join.joined()).stream().map(FanOutFixture::text).toList();
  }

  static String text(Event event) {
    return new String(event.value().array(), StandardCharsets.UTF_8);
  }

  private static Event event(String type, String text) {
    Bytes value = Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    return new Event("same-id", type, RunFixture.kindOf(type), value, null);
  }
}
