package io.millrace.local;

import java.util.Map;

/**
 * One more thing that runs on a {@link LocalStack}: a coordinator, a step worker, a process of its
 * own.
 */
@FunctionalInterface
public interface StackPart {

  /**
   * Starts it and returns once it is ready. Called on the thread that starts the stack.
   *
   * @param config the settings that a worker or a client of this stack needs
   * @throws Exception if it does not start; the whole stack is closed then
   */
  Started start(Map<String, String> config) throws Exception;

  /**
   * A part that is ready for use.
   *
   * @param where its address, or whatever tells a reader where it runs
   * @param running closed with the stack, before the parts that were started before it
   */
  @SuppressWarnings("try") // what is closed may be interrupted
  record Started(String where, AutoCloseable running) implements AutoCloseable {
    @Override
    public void close() throws Exception {
      running.close();
    }
  }
}
