package io.millrace.coordinator.codec;

import io.millrace.coordinator.core.Bytes;
import io.millrace.coordinator.core.ErrorInfo;
import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.EventKind;
import io.millrace.coordinator.core.Request;
import io.millrace.coordinator.core.StateValue;
import io.millrace.coordinator.core.Token;
import io.millrace.coordinator.core.VersionedValue;
import io.millrace.protocol.EventData;
import io.millrace.protocol.RequestInfo;
import io.millrace.protocol.VersionedState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The small values that most records share, both ways. Maps come back sorted. */
final class Values {
  private Values() {}

  static Token token(io.millrace.protocol.Token t) {
    return new Token(t.getExecutionId(), t.getAttempt(), t.getRound(), t.getDigest());
  }

  static io.millrace.protocol.Token token(Token t) {
    return new io.millrace.protocol.Token(t.executionId(), t.attempt(), t.round(), t.digest());
  }

  static Event event(EventData e) {
    return new Event(
        e.getId(),
        e.getType(),
        EventKind.valueOf(e.getKind().name()),
        bytes(e.getValue()),
        e.getInReplyTo(),
        orEmpty(e.getFields()),
        e.getTraceparent());
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> fields) {
    return fields == null ? Map.of() : fields;
  }

  static @Nullable Event eventOrNull(@Nullable EventData e) {
    return e == null ? null : event(e);
  }

  static EventData event(Event e) {
    return new EventData(
        e.id(),
        e.type(),
        kind(e.kind()),
        buffer(e.value()),
        e.inReplyTo(),
        e.fields().isEmpty() ? null : new TreeMap<>(e.fields()),
        e.traceparent());
  }

  static @Nullable EventData eventDataOrNull(@Nullable Event e) {
    return e == null ? null : event(e);
  }

  static io.millrace.protocol.EventKind kind(EventKind kind) {
    return io.millrace.protocol.EventKind.valueOf(kind.name());
  }

  static ErrorInfo error(io.millrace.protocol.ErrorInfo e) {
    return new ErrorInfo(e.getType(), e.getMessage(), e.getStack());
  }

  static io.millrace.protocol.ErrorInfo error(ErrorInfo e) {
    return new io.millrace.protocol.ErrorInfo(e.type(), e.message(), e.stack());
  }

  static @Nullable Request request(@Nullable RequestInfo r) {
    return r == null ? null : new Request(r.getId(), r.getReplyPartition());
  }

  static @Nullable RequestInfo request(@Nullable Request r) {
    return r == null ? null : new RequestInfo(r.id(), r.replyPartition());
  }

  static @Nullable Duration millis(@Nullable Long millis) {
    return millis == null ? null : Duration.ofMillis(millis);
  }

  static @Nullable Long millis(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis();
  }

  static Bytes bytes(ByteBuffer buffer) {
    if (buffer.hasArray()
        && buffer.arrayOffset() == 0
        && buffer.position() == 0
        && buffer.array().length == buffer.limit()) {
      return Bytes.wrap(buffer.array());
    }
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return Bytes.wrap(copy);
  }

  static ByteBuffer buffer(Bytes bytes) {
    return ByteBuffer.wrap(bytes.array());
  }

  static StateValue state(io.millrace.protocol.StateValue v) {
    return state(v.getValue());
  }

  static StateValue state(Object value) {
    if (value instanceof Long whole) {
      return new StateValue.Whole(whole);
    }
    if (value instanceof Double decimal) {
      return new StateValue.Decimal(decimal);
    }
    if (value instanceof ByteBuffer opaque) {
      return new StateValue.Opaque(bytes(opaque));
    }
    if (value instanceof List<?> many) {
      return new StateValue.Many(list(many, item -> bytes((ByteBuffer) item)));
    }
    throw new UnreadableRecordException("a state value of an unknown kind: " + value.getClass());
  }

  static io.millrace.protocol.StateValue state(StateValue value) {
    return new io.millrace.protocol.StateValue(raw(value));
  }

  static Object raw(StateValue value) {
    if (value instanceof StateValue.Whole whole) {
      return whole.value();
    }
    if (value instanceof StateValue.Decimal decimal) {
      return decimal.value();
    }
    if (value instanceof StateValue.Opaque opaque) {
      return buffer(opaque.value());
    }
    return list(((StateValue.Many) value).values(), Values::buffer);
  }

  static VersionedValue versioned(VersionedState v) {
    return new VersionedValue(state(v.getValue()), v.getVersion());
  }

  static VersionedState versioned(VersionedValue v) {
    return new VersionedState(state(v.value()), v.version());
  }

  static <A, B extends @Nullable Object> List<B> list(List<A> from, Function<A, B> each) {
    List<B> to = new ArrayList<>(from.size());
    for (A item : from) {
      to.add(each.apply(item));
    }
    return to;
  }

  static <A, B> Map<String, B> map(Map<String, A> from, Function<A, B> each) {
    Map<String, B> to = new TreeMap<>();
    from.forEach((key, value) -> to.put(key, each.apply(value)));
    return to;
  }
}
