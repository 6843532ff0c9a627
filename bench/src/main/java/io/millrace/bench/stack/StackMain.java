package io.millrace.bench.stack;

import io.millrace.local.LocalStack;
import java.util.concurrent.CountDownLatch;

/**
 * Broker and development registry as one process, as nobody asks the registry after the start.
 * Arguments are server properties, {@code name=value}. Prints a line that begins with {@code
 * ready}.
 */
public final class StackMain {
  static final String READY = "ready ";

  private StackMain() {}

  public static void main(String[] args) throws InterruptedException {
    LocalStack.Builder builder = LocalStack.builder().withoutCoordinator();
    for (String argument : args) {
      int at = argument.indexOf('=');
      builder.serverProperty(argument.substring(0, at), argument.substring(at + 1));
    }
    LocalStack stack = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stack-end"));
    System.out.println(READY + stack.bootstrapServers() + " " + stack.registryUrl());
    new CountDownLatch(1).await();
  }
}
