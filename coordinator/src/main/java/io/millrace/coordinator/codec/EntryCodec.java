package io.millrace.coordinator.codec;

import static io.millrace.coordinator.codec.ExecutionEntryCodec.lineage;

import io.millrace.coordinator.core.Bytes;
import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.protocol.store.StoredAnswers;
import io.millrace.protocol.store.StoredArrival;
import io.millrace.protocol.store.StoredBuffer;
import io.millrace.protocol.store.StoredBufferedEvent;
import io.millrace.protocol.store.StoredCaught;
import io.millrace.protocol.store.StoredCell;
import io.millrace.protocol.store.StoredChunk;
import io.millrace.protocol.store.StoredFanOut;
import io.millrace.protocol.store.StoredJoined;
import io.millrace.protocol.store.StoredNote;
import io.millrace.protocol.store.StoredParkedEvent;
import io.millrace.protocol.store.StoredPlace;
import io.millrace.protocol.store.StoredPrompt;
import io.millrace.protocol.store.StoredResolved;
import io.millrace.protocol.store.StoredSeenEvent;
import io.millrace.protocol.store.StoredSentState;
import io.millrace.protocol.store.StoredSets;
import io.millrace.protocol.store.StoredTimer;
import io.millrace.protocol.store.StoredWaiter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/**
 * One kind of store entry as bytes. Thread-safe.
 *
 * @param <E> the kind
 */
public final class EntryCodec<E extends Entry> {
  private static final Map<Class<?>, EntryCodec<?>> BY_KIND =
      List.<EntryCodec<?>>of(
              ExecutionEntryCodec.codec('e'),
              of(
                  's',
                  Entry.SentState.class,
                  StoredSentState.class,
                  e -> new StoredSentState(Values.map(e.state(), Values::versioned)),
                  a -> new Entry.SentState(Values.map(a.getState(), Values::versioned))),
              of(
                  'r',
                  Entry.ReservedSets.class,
                  StoredSets.class,
                  e -> new StoredSets(DispatchCodec.sets(e.sets())),
                  a ->
                      new Entry.ReservedSets(
                          Values.list(
                              a.getSets(),
                              s ->
                                  new RunEffect.CollectedSet(
                                      s.getBufferId(),
                                      Values.list(s.getEvents(), Values::event))))),
              of(
                  'b',
                  Entry.BufferHead.class,
                  StoredBuffer.class,
                  e ->
                      new StoredBuffer(e.step(), e.bufferId(), e.expects(), e.holds(), e.nextSeq()),
                  a ->
                      new Entry.BufferHead(
                          a.getStep(),
                          a.getBufferId(),
                          Values.map(a.getExpects(), n -> n),
                          Values.map(a.getHolds(), n -> n),
                          a.getNextSeq())),
              of(
                  'c',
                  Entry.BufferedEvent.class,
                  StoredBufferedEvent.class,
                  e ->
                      new StoredBufferedEvent(
                          Values.event(e.event()), e.executionId(), lineage(e.lineage())),
                  a ->
                      new Entry.BufferedEvent(
                          Values.event(a.getEvent()), a.getExecutionId(), lineage(a.getLineage()))),
              of(
                  'v',
                  Entry.StateCell.class,
                  StoredCell.class,
                  e -> new StoredCell(Values.versioned(e.value())),
                  a -> new Entry.StateCell(Values.versioned(a.getValue()))),
              of(
                  't',
                  Entry.Timer.class,
                  StoredTimer.class,
                  e -> new StoredTimer(e.due(), e.generation()),
                  a -> new Entry.Timer(a.getDue(), a.getGeneration())),
              of(
                  'p',
                  Entry.ParkedEvent.class,
                  StoredParkedEvent.class,
                  e ->
                      new StoredParkedEvent(
                          Values.event(e.event()),
                          e.cause(),
                          e.toStep(),
                          lineage(e.lineage()),
                          e.since()),
                  a ->
                      new Entry.ParkedEvent(
                          Values.event(a.getEvent()),
                          a.getCause(),
                          a.getToStep(),
                          lineage(a.getLineage()),
                          a.getSince())),
              of(
                  'y',
                  Entry.EarlyEvent.class,
                  StoredParkedEvent.class,
                  e ->
                      new StoredParkedEvent(
                          Values.event(e.event()),
                          e.cause(),
                          e.toStep(),
                          lineage(e.lineage()),
                          e.since()),
                  a ->
                      new Entry.EarlyEvent(
                          Values.event(a.getEvent()),
                          a.getCause(),
                          a.getToStep(),
                          lineage(a.getLineage()),
                          a.getSince())),
              of(
                  'd',
                  Entry.ResolvedType.class,
                  StoredResolved.class,
                  e -> new StoredResolved(e.at()),
                  a -> new Entry.ResolvedType(a.getAt())),
              of(
                  'j',
                  Entry.Joined.class,
                  StoredJoined.class,
                  e -> new StoredJoined(Values.list(e.events(), Values::event)),
                  a -> new Entry.Joined(Values.list(a.getEvents(), Values::event))),
              of(
                  'h',
                  Entry.Caught.class,
                  StoredCaught.class,
                  e -> new StoredCaught(DispatchCodec.caught(e.failure())),
                  a -> new Entry.Caught(DispatchCodec.caught(a.getFailure()))),
              of(
                  'f',
                  Entry.FanOut.class,
                  StoredFanOut.class,
                  e ->
                      new StoredFanOut(
                          e.step(),
                          lineage(e.parent()),
                          e.open(),
                          e.held(),
                          e.closed(),
                          e.arrived(),
                          e.fired()),
                  a ->
                      new Entry.FanOut(
                          a.getStep(),
                          lineage(a.getParent()),
                          a.getOpen(),
                          a.getHeld(),
                          a.getClosed(),
                          Values.map(a.getArrived(), n -> n),
                          a.getFired())),
              of(
                  'm',
                  Entry.Arrived.class,
                  StoredArrival.class,
                  e -> new StoredArrival(Values.event(e.event()), lineage(e.lineage())),
                  a -> new Entry.Arrived(Values.event(a.getEvent()), lineage(a.getLineage()))),
              of(
                  'k',
                  Entry.StoredChunk.class,
                  StoredChunk.class,
                  e ->
                      new StoredChunk(
                          e.tryId(),
                          e.index(),
                          StepEffectCodec.toAvro(e.effects()),
                          Values.buffer(e.encoded())),
                  a ->
                      new Entry.StoredChunk(
                          a.getTryId(),
                          a.getIndex(),
                          StepEffectCodec.fromAvro(a.getEffects()),
                          Bytes.wrap(Values.bytes(a.getEncoded()).array()))),
              of(
                  'x',
                  Entry.SeenEvent.class,
                  StoredSeenEvent.class,
                  e -> new StoredSeenEvent(e.at()),
                  a -> new Entry.SeenEvent(a.getAt())),
              of(
                  'q',
                  Entry.OpenPrompt.class,
                  StoredPrompt.class,
                  e ->
                      new StoredPrompt(
                          e.eventType(), e.step(), e.place(), lineage(e.lineage()), e.since()),
                  a ->
                      new Entry.OpenPrompt(
                          a.getEventType(),
                          a.getStep(),
                          a.getPlace(),
                          lineage(a.getLineage()),
                          a.getSince())),
              of(
                  'w',
                  Entry.Waiter.class,
                  StoredWaiter.class,
                  e ->
                      new StoredWaiter(
                          e.waiterId(),
                          e.step(),
                          e.eventType(),
                          e.requirements(),
                          Values.millis(e.timeout()),
                          e.promptId(),
                          e.place(),
                          e.since()),
                  a ->
                      new Entry.Waiter(
                          a.getWaiterId(),
                          a.getStep(),
                          a.getEventType(),
                          Values.map(a.getRequirements(), text -> text),
                          Values.millis(a.getTimeoutMillis()),
                          a.getPromptId(),
                          a.getPlace(),
                          a.getSince())),
              of(
                  'a',
                  Entry.Answers.class,
                  StoredAnswers.class,
                  e -> new StoredAnswers(DispatchCodec.answers(e.answers())),
                  a ->
                      new Entry.Answers(
                          Values.list(
                              a.getAnswers(),
                              w ->
                                  new RunEffect.WaitAnswer(
                                      w.getWaiterId(), Values.eventOrNull(w.getEvent()))))),
              of(
                  'l',
                  Entry.InLine.class,
                  StoredPlace.class,
                  e -> new StoredPlace(e.id()),
                  a -> new Entry.InLine(a.getId())),
              of(
                  'n',
                  Entry.Note.class,
                  StoredNote.class,
                  e -> new StoredNote(e.at(), e.text()),
                  a -> new Entry.Note(a.getAt(), a.getText())))
          .stream()
          .collect(Collectors.toUnmodifiableMap(c -> c.kind, c -> c));

  private final byte tag;
  private final Class<E> kind;
  private final Function<E, byte[]> writer;
  private final Function<byte[], E> reader;

  private EntryCodec(
      byte tag, Class<E> kind, Function<E, byte[]> writer, Function<byte[], E> reader) {
    this.tag = tag;
    this.kind = kind;
    this.writer = writer;
    this.reader = reader;
  }

  static <E extends Entry, A extends SpecificRecord> EntryCodec<E> of(
      char tag, Class<E> kind, Class<A> type, Function<E, A> toAvro, Function<A, E> fromAvro) {
    Message<A> message = Message.of(type);
    return new EntryCodec<>(
        (byte) tag,
        kind,
        entry -> message.encode(toAvro.apply(entry)),
        bytes -> fromAvro.apply(message.decode(bytes)));
  }

  /**
   * @throws IllegalStateException for a kind of entry that has no stored form yet
   */
  @SuppressWarnings("unchecked")
  public static <E extends Entry> EntryCodec<E> of(Class<E> kind) {
    EntryCodec<?> codec = BY_KIND.get(kind);
    if (codec == null) {
      throw new IllegalStateException("no stored form for entries of " + kind.getName());
    }
    return (EntryCodec<E>) codec;
  }

  /** Stands for the kind in a key; never changes once released. */
  public byte tag() {
    return tag;
  }

  public byte[] encode(E entry) {
    return writer.apply(entry);
  }

  public E decode(byte[] bytes) {
    return reader.apply(bytes);
  }
}
