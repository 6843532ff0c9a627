package io.millrace.http.stream;

import io.millrace.StreamCursor;
import io.millrace.StreamedEvent;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a reader has seen last, so that it can go on exactly there. A cursor alone does not say it:
 * a restart and the event that it announces share one, and a terminal event ends an epoch, not the
 * stream.
 *
 * <pre>
 * 12      after an event: the next offset
 * 12r     after the announcement that the event at 12 begins an attempt anew
 * 15e1    after the terminal event of epoch 1
 * </pre>
 *
 * @param restarted the announcement at the cursor has been seen
 * @param endedEpoch whose terminal event has been seen
 */
record StreamId(StreamCursor cursor, boolean restarted, Optional<Integer> endedEpoch) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})(r|e(\\d{1,9}))?");

  /** Before everything. */
  static final StreamId START = new StreamId(new StreamCursor(0), false, Optional.empty());

  static StreamId of(StreamedEvent event) {
    return new StreamId(
        event.cursor(),
        event.kind() == StreamedEvent.Kind.ATTEMPT_RESTARTED,
        event.outcome().map(outcome -> outcome.epoch()));
  }

  /** Empty if the text did not come from {@link #toString}. */
  static Optional<StreamId> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new StreamId(
            new StreamCursor(Long.parseLong(form.group(1))),
            "r".equals(form.group(2)),
            Optional.ofNullable(form.group(3)).map(Integer::valueOf)));
  }

  /** Whether a reader that has come so far has seen this event, which comes first after it. */
  boolean hasSeen(StreamedEvent first) {
    return restarted
        && first.kind() == StreamedEvent.Kind.ATTEMPT_RESTARTED
        && first.cursor().equals(cursor);
  }

  @Override
  public String toString() {
    return cursor + (restarted ? "r" : endedEpoch.map(epoch -> "e" + epoch).orElse(""));
  }
}
