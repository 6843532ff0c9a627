package io.millrace.bench.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Waits for what a child process prints into its log.
 *
 * @param from bytes that were there before it was started
 */
record LogLine(Path log, long from) {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Until PRINTED = new Until(LIMIT, Duration.ofMillis(5));

  /**
   * @param alive the process, just before its log was read
   */
  private record Glance(boolean alive, Optional<String> line) {}

  /** For a process that is started after this call. */
  static LogLine after(Path log) {
    try {
      return new LogLine(log, Files.exists(log) ? Files.size(log) : 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What follows the prefix in the first line that has it.
   *
   * @param pid the process's, -1 once it is dead
   * @throws IllegalStateException if it dies or takes too long
   */
  String await(String prefix, LongSupplier pid) throws InterruptedException {
    Glance last =
        PRINTED.last(
            () -> glance(prefix, pid), glance -> !glance.alive() || glance.line().isPresent());
    return last.line()
        .map(line -> line.substring(prefix.length()))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "a process %s without printing '%s'; its log: %s"
                        .formatted(
                            last.alive() ? "ran for " + LIMIT : "ended", prefix.strip(), log)));
  }

  private Glance glance(String prefix, LongSupplier pid) {
    boolean alive = pid.getAsLong() >= 0;
    return new Glance(alive, text().lines().filter(l -> l.startsWith(prefix)).findFirst());
  }

  /** Complete lines only. */
  private String text() {
    try (SeekableByteChannel file = Files.newByteChannel(log)) {
      file.position(from);
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(Math.max(0, file.size() - from)));
      while (bytes.hasRemaining() && file.read(bytes) >= 0) {}
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      return text.substring(0, text.lastIndexOf('\n') + 1);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
