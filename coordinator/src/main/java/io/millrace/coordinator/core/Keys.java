package io.millrace.coordinator.core;

/**
 * Keys of entries. Names that come from outside may hold anything; control characters, which a
 * store needs as separators, are escaped here and nowhere else.
 */
final class Keys {
  /** Of prompts that any response may answer. */
  static final String PROMPT_LINE = "prompts";

  /** Of prompts that waiters asked: only what resolves the waiter answers one. */
  static final String ASKED_LINE = "asked prompts";

  static final String UPDATE_LINE = "updates";

  private Keys() {}

  static EntryKey<Entry.OpenExecution> execution(String id) {
    return EntryKey.of(Entry.OpenExecution.class, escape(id));
  }

  static EntryKey<Entry.SentState> sentState(String executionId) {
    return EntryKey.of(Entry.SentState.class, executionId);
  }

  static EntryKey<Entry.ReservedSets> reserved(String executionId) {
    return EntryKey.of(Entry.ReservedSets.class, executionId);
  }

  static EntryKey<Entry.Answers> answers(String executionId) {
    return EntryKey.of(Entry.Answers.class, executionId);
  }

  static EntryKey<Entry.Caught> caught(String executionId) {
    return EntryKey.of(Entry.Caught.class, executionId);
  }

  static EntryKey<Entry.Waiter> waiter(String executionId) {
    return EntryKey.of(Entry.Waiter.class, executionId);
  }

  /** All chunks of an execution share a name; a repeated one meets itself. */
  static EntryKey<Entry.StoredChunk> chunk(String executionId, String tryId, int index) {
    long seq = Fingerprint.of("chunk", tryId).add(index).first8() & Long.MAX_VALUE;
    return new EntryKey<>(Entry.StoredChunk.class, executionId, seq);
  }

  static EntryKey<Entry.Joined> joined(String executionId) {
    return EntryKey.of(Entry.Joined.class, executionId);
  }

  static EntryKey<Entry.FanOut> fanOut(String id) {
    return EntryKey.of(Entry.FanOut.class, id);
  }

  static String arrivals(String fanOut, String joinStep) {
    return fanOut + '/' + escape(joinStep);
  }

  static EntryKey<Entry.Arrived> arrived(String arrivals, long arrival) {
    return new EntryKey<>(Entry.Arrived.class, arrivals, arrival);
  }

  /** One name for step, buffer id and correlation; no two triples share one. */
  static String buffer(String step, String bufferId, String correlation) {
    return escape(step.length() + ":" + step + bufferId.length() + ":" + bufferId + correlation);
  }

  static EntryKey<Entry.BufferHead> bufferHead(String buffer) {
    return EntryKey.of(Entry.BufferHead.class, buffer);
  }

  static String bufferLine(String buffer, String eventType) {
    return buffer.length() + ":" + buffer + escape(eventType);
  }

  static EntryKey<Entry.BufferedEvent> buffered(String bufferLine, long arrival) {
    return new EntryKey<>(Entry.BufferedEvent.class, bufferLine, arrival);
  }

  static EntryKey<Entry.StateCell> cell(String stateKey) {
    return EntryKey.of(Entry.StateCell.class, escape(stateKey));
  }

  static String stateKey(EntryKey<Entry.StateCell> key) {
    return unescape(key.name());
  }

  static EntryKey<Entry.Timer> timer(String id) {
    return EntryKey.of(Entry.Timer.class, escape(id));
  }

  static String parkedLine(String eventType) {
    return escape(eventType);
  }

  static EntryKey<Entry.ParkedEvent> parked(String eventType, long arrival) {
    return new EntryKey<>(Entry.ParkedEvent.class, parkedLine(eventType), arrival);
  }

  static String earlyLine(String eventType) {
    return escape(eventType);
  }

  static EntryKey<Entry.EarlyEvent> early(String eventType, long arrival) {
    return new EntryKey<>(Entry.EarlyEvent.class, earlyLine(eventType), arrival);
  }

  static EntryKey<Entry.ResolvedType> resolved(String eventType) {
    return EntryKey.of(Entry.ResolvedType.class, escape(eventType));
  }

  static EntryKey<Entry.SeenEvent> seen(String eventId) {
    return EntryKey.of(Entry.SeenEvent.class, escape(eventId));
  }

  static EntryKey<Entry.OpenPrompt> prompt(String eventId) {
    return EntryKey.of(Entry.OpenPrompt.class, escape(eventId));
  }

  static EntryKey<Entry.Note> note(long number) {
    return new EntryKey<>(Entry.Note.class, "", number);
  }

  static EntryKey<Entry.InLine> place(String line, long arrival) {
    return new EntryKey<>(Entry.InLine.class, line, arrival);
  }

  static String queueLine(String step) {
    return "queue/" + escape(step);
  }

  /** Holds who asked, for a prompt that a waiter published. */
  static EntryKey<Entry.InLine> asker(String promptId) {
    return place("asked/" + escape(promptId), 0);
  }

  /** Of waiters that take any event of the type. */
  static String waiterLine(String eventType) {
    return "waiters/" + escape(eventType);
  }

  /** Of waiters for an event of the type with this in one of its fields. */
  static String waiterLine(String eventType, String field, String index) {
    return waiterLine(eventType) + '/' + Fingerprint.of(field, index).hex();
  }

  static String escape(String name) {
    StringBuilder escaped = null;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '%' || Character.isISOControl(c)) {
        if (escaped == null) {
          escaped = new StringBuilder().append(name, 0, i);
        }
        escaped.append('%').append((char) ('0' + (c >> 4))).append((char) ('0' + (c & 15)));
      } else if (escaped != null) {
        escaped.append(c);
      }
    }
    return escaped == null ? name : escaped.toString();
  }

  private static String unescape(String name) {
    if (name.indexOf('%') < 0) {
      return name;
    }
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '%') {
        c = (char) ((name.charAt(i + 1) - '0') << 4 | name.charAt(i + 2) - '0');
        i += 2;
      }
      plain.append(c);
    }
    return plain.toString();
  }
}
