package io.millrace.protocol;

/**
 * Record headers. Text is UTF-8, numbers are decimal text unless said otherwise, so that console
 * tools can show them.
 */
public final class Headers {
  /** Event topics: an encoded {@link Dispatch}. */
  public static final String DISPATCH = "millrace-dispatch";

  /** All records of a run outside the run log. */
  public static final String RUN_ID = "millrace-run";

  public static final String WORKFLOW = "millrace-workflow";
  public static final String EVENT_ID = "millrace-event";

  /** Exact type: the simple name of the event's schema. */
  public static final String EVENT_TYPE = "millrace-type";

  /** {@link EventKind} by name. */
  public static final String EVENT_KIND = "millrace-kind";

  /** Streams and dead letters: who wrote it. */
  public static final String EXECUTION_ID = "millrace-execution";

  public static final String STEP = "millrace-step";

  /**
   * Streams: attempt, round, try and number within the try; readers order and deduplicate by them
   * (law 11).
   */
  public static final String ATTEMPT = "millrace-attempt";

  public static final String ROUND = "millrace-round";
  public static final String TRY = "millrace-try";
  public static final String SEQUENCE = "millrace-sequence";
  public static final String EPOCH = "millrace-epoch";

  /**
   * Streams: {@code event}, {@code prompt}, {@code internal} or {@code terminal}. A terminal
   * record's value is an encoded {@link RunOutcome}.
   */
  public static final String STREAM_ENTRY = "millrace-entry";

  /** Streams: deterministic id of a fact written by the publisher. */
  public static final String FACT_ID = "millrace-fact";

  /** Dead letters. */
  public static final String ERROR_TYPE = "millrace-error-type";

  public static final String ERROR_MESSAGE = "millrace-error-message";
  public static final String ATTEMPTS = "millrace-attempts";

  /** Dead letters of unreadable records: topic-partition@offset. */
  public static final String ORIGIN = "millrace-origin";

  /** W3C trace context of what made the record; not there unless somebody traces. */
  public static final String TRACEPARENT = "traceparent";

  private Headers() {}
}
