package io.millrace.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The broker's folder, checked and held for one broker at a time.
 *
 * <p>A marker file says that an embedded broker made the folder; it is written before anything
 * else, so that neither a folder of another Kafka nor somebody's documents are ever formatted. The
 * lock on the marker is held while the broker runs and goes away with its process.
 */
final class DataFolder implements AutoCloseable {

  static final String MARKER = "millrace-broker";
  static final String META = "meta.properties";
  static final int NODE_ID = 1;

  private final Path path;
  private final boolean temporary;
  private final FileChannel marker;

  private DataFolder(Path path, boolean temporary, FileChannel marker) {
    this.path = path;
    this.temporary = temporary;
    this.marker = marker;
  }

  /** Opens the folder, or a temporary one (deleted at close) if it is null. */
  static DataFolder open(@Nullable Path wanted) {
    if (wanted != null) {
      return open(wanted.toAbsolutePath().normalize(), false);
    }
    Path base = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    try {
      return open(Files.createTempDirectory(base, "millrace-broker-"), true);
    } catch (IOException e) {
      throw DataFolderException.notAccessible(base, "writable", e);
    }
  }

  private static DataFolder open(Path folder, boolean temporary) {
    create(folder);
    List<Path> entries = list(folder);
    probeWrite(folder);
    checkOurs(folder, entries);
    DataFolder opened = new DataFolder(folder, temporary, lockMarker(folder));
    try {
      checkWhole(folder, list(folder));
      return opened;
    } catch (DataFolderException e) {
      opened.close();
      throw e;
    }
  }

  private static void create(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw DataFolderException.notAFolder(folder);
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw DataFolderException.cannotCreate(folder, e);
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      throw DataFolderException.notAccessible(folder, "readable", e);
    }
  }

  /** Permission bits lie (root, read-only mounts, full disks): only a write tells. */
  private static void probeWrite(Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, ".probe", null));
    } catch (IOException e) {
      throw DataFolderException.notAccessible(folder, "writable", e);
    }
  }

  private static void checkOurs(Path folder, List<Path> entries) {
    List<String> visible =
        entries.stream().map(DataFolder::name).filter(n -> !n.startsWith(".")).sorted().toList();
    if (visible.isEmpty() || visible.contains(MARKER)) {
      return;
    }
    throw DataFolderException.foreign(
        folder,
        visible.contains(META)
            ? "it holds the data of another Kafka (" + META + ")"
            : "it holds other files, such as " + visible.get(0));
  }

  private static FileChannel lockMarker(Path folder) {
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              folder.resolve(MARKER), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (AccessDeniedException e) {
      throw DataFolderException.notAccessible(folder, "writable", e);
    } catch (IOException e) {
      throw DataFolderException.damaged(
          folder, "its file " + MARKER + " cannot be opened (" + e + ")", e);
    }
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw DataFolderException.locked(folder, null);
      }
      channel.write(
          ByteBuffer.wrap(
              "Data of an embedded Millrace broker.\n".getBytes(StandardCharsets.UTF_8)),
          0);
      return channel;
    } catch (OverlappingFileLockException e) {
      throw closing(channel, DataFolderException.locked(folder, e));
    } catch (DataFolderException e) {
      throw closing(channel, e);
    } catch (IOException e) {
      throw closing(channel, DataFolderException.notAccessible(folder, "lockable", e));
    }
  }

  private static DataFolderException closing(FileChannel channel, DataFolderException failure) {
    try {
      channel.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  /**
   * Topics without the file that names their cluster are not formatted over: that would lose them.
   */
  private static void checkWhole(Path folder, List<Path> entries) {
    Path meta = folder.resolve(META);
    if (!Files.exists(meta)) {
      if (entries.stream().anyMatch(Files::isDirectory)) {
        throw DataFolderException.damaged(folder, "it holds topics but no " + META, null);
      }
      return;
    }
    Properties read = new Properties();
    try (InputStream in = Files.newInputStream(meta)) {
      read.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw DataFolderException.damaged(folder, META + " cannot be read (" + e + ")", e);
    }
    if (!String.valueOf(NODE_ID).equals(read.getProperty("node.id"))
        || read.getProperty("cluster.id", "").isBlank()) {
      throw DataFolderException.damaged(folder, META + " is not that of a single node", null);
    }
  }

  Path path() {
    return path;
  }

  /** Whether a broker has to format the folder before it starts. */
  boolean isNew() {
    return !Files.exists(path.resolve(META));
  }

  @Override
  public void close() {
    try {
      marker.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Releasing the lock on " + path, e);
    } finally {
      if (temporary) {
        TemporaryFolders.delete(path);
      }
    }
  }

  private static String name(Path entry) {
    Path name = entry.getFileName();
    return name == null ? "" : name.toString();
  }
}
