package io.millrace.observe;

import io.millrace.config.MillraceConfig;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Hears what one client or one worker does. Every method is called where work is done: it returns
 * at once and throws nothing. Thread-safe.
 */
public interface Observer extends AutoCloseable {
  /** Hears nothing. */
  Observer NONE = new Observer() {};

  /**
   * What the class path offers ({@link ObserverFactory}), as far as the configuration asks for it;
   * else {@link #NONE}.
   *
   * @param name of the process for those who look at it from outside, for instance {@code rag.plan}
   * @throws io.millrace.config.InvalidConfigException for a setting that makes no sense
   */
  static Observer of(MillraceConfig config, String name) {
    for (ObserverFactory factory : ServiceLoader.load(ObserverFactory.class)) {
      Observer observer = factory.create(config, name);
      if (observer != NONE) {
        return observer;
      }
    }
    return NONE;
  }

  /**
   * A client asks something of a run.
   *
   * @param what {@code start}, {@code event}, {@code cancel}, ...
   * @param workflow null: the client does not say
   */
  default ObservedRequest asks(String what, String runId, @Nullable String workflow) {
    return ObservedRequest.NONE;
  }

  /** A worker is about to take work for a step; again for each of its lives. */
  default StepObserver step(String workflow, String step, StepSlots slots) {
    return StepObserver.NONE;
  }

  /** Whether the worker takes work just now. */
  default void ready(boolean ready) {}

  @Override
  default void close() {}
}
