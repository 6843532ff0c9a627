package io.millrace.worker;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where steps run: a virtual thread each where the JDK has them (21 and newer), otherwise pooled
 * threads. Slots bound their number, so the pool itself does not.
 */
final class StepThreads {
  private StepThreads() {}

  static ExecutorService create() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException e) {
      return Executors.newCachedThreadPool(daemons("millrace-step"));
    } catch (InvocationTargetException e) {
      // A preview feature that is switched off: JDK 19 and 20.
      return Executors.newCachedThreadPool(daemons("millrace-step"));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a public method of the JDK is not accessible", e);
    }
  }

  static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return code -> {
      Thread thread = new Thread(code, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
