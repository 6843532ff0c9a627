package io.millrace.local.registry;

import io.millrace.registry.LedgerEntry;
import io.millrace.registry.LedgerJournal;
import io.millrace.registry.SchemaLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.avro.AvroRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry's contents as a file that only grows: one line per change, on disk before the change
 * is answered. A last line without its end is a change that was never answered and is cut off at
 * the next start; any other damage stops the start. Called under the ledger's lock.
 */
final class LedgerFile implements LedgerJournal, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerFile.class);
  private static final String NAME = "schemas.jsonl";

  private final Path file;
  private final FileChannel channel;

  private LedgerFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Opens or creates the file, for this process alone. */
  static LedgerFile open(Path folder) {
    Path file = folder.toAbsolutePath().resolve(NAME);
    FileChannel channel;
    try {
      Files.createDirectories(file.getParent());
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw RegistryFolderException.notUsable(file, e);
    }
    LedgerFile opened = new LedgerFile(file, channel);
    try {
      if (channel.tryLock() == null) {
        throw RegistryFolderException.inUse(file, null);
      }
      return opened;
    } catch (OverlappingFileLockException e) {
      opened.close();
      throw RegistryFolderException.inUse(file, e);
    } catch (IOException e) {
      opened.close();
      throw RegistryFolderException.notUsable(file, e);
    } catch (RegistryFolderException e) {
      opened.close();
      throw e;
    }
  }

  /** Applies what the file holds and leaves it ready for more. */
  void replayInto(SchemaLedger ledger) {
    byte[] bytes = read();
    int lines = 0;
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines++;
        String line = new String(bytes, start, i - start, StandardCharsets.UTF_8);
        try {
          ledger.apply(LedgerLines.read(line));
        } catch (IllegalArgumentException | IllegalStateException | AvroRuntimeException e) {
          throw RegistryFolderException.damaged(file, lines, e);
        }
        start = i + 1;
      }
    }
    if (start < bytes.length) {
      LOG.warn(
          "the registry's file ends in half a change, which was never answered; it is cut off file={} bytes={}",
          file,
          bytes.length - start);
    }
    truncate(start);
  }

  @Override
  public void append(LedgerEntry entry) {
    ByteBuffer line =
        ByteBuffer.wrap((LedgerLines.write(entry) + "\n").getBytes(StandardCharsets.UTF_8));
    long before = -1;
    try {
      before = channel.position();
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(true);
    } catch (IOException e) {
      if (before >= 0) {
        // Half a line in the middle of the file would make the next start fail.
        truncate(before);
      }
      throw new UncheckedIOException("the change could not be written to " + file, e);
    }
  }

  private byte[] read() {
    try {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
      while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
        // reads until full
      }
      return bytes.array();
    } catch (IOException e) {
      throw RegistryFolderException.notUsable(file, e);
    }
  }

  private void truncate(long length) {
    try {
      channel.truncate(length);
      channel.position(length);
      channel.force(true);
    } catch (IOException e) {
      throw RegistryFolderException.notUsable(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("closing the registry's file failed; what was answered is on disk file={}", file, e);
    }
  }
}
