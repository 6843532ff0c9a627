package io.millrace.bench.jmh;

import io.millrace.Event;
import io.millrace.event.EventCodec;
import io.millrace.event.EventCodecs;
import io.millrace.event.EventType;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A step's event between its Java record and the 200 bytes on the topic. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class EventCodecBenchmark {
  /** Some of everything that events usually have. */
  public record Reading(
      String station,
      long takenAt,
      double value,
      boolean checked,
      List<Sample> samples,
      String note)
      implements Event {}

  public record Sample(int number, double value) {}

  static final Reading READING =
      new Reading(
          "station-0042",
          1_767_225_600_000L,
          21.5,
          true,
          List.of(new Sample(1, 20.5), new Sample(2, 21.0), new Sample(3, 22.5), new Sample(4, 22)),
          "x".repeat(127));

  private final EventCodec codec = EventCodecs.inMemory();
  private final EventType type = codec.typeOf(Reading.class);
  private final byte[] bytes = codec.encode(READING, "weather");

  @Benchmark
  public byte[] encode() {
    return codec.encode(READING, "weather");
  }

  @Benchmark
  public Object decode() {
    return codec.decode(bytes, type);
  }
}
