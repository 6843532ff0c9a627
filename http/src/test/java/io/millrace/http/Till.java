package io.millrace.http;

import io.millrace.Step;
import io.millrace.StopEvent;

/** A workflow that tells what it was started with. */
public final class Till {
  static final String NAME = "till";

  public record Receipt(String text) implements StopEvent {}

  @Step
  public Receipt book(Sale sale) {
    return new Receipt(sale.told());
  }
}
