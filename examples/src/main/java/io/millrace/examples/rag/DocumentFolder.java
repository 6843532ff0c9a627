package io.millrace.examples.rag;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The text files below a folder. Every process that reads documents has its own view of the folder;
 * paths are relative, so it may be mounted at different places. Hidden folders and those of build
 * tools are passed over, and files that say {@code @generated} in their first line: nobody wrote
 * them to be read. Thread-safe; nothing is cached.
 *
 * @param root absolute
 */
public record DocumentFolder(Path root) {
  private static final Set<String> ENDINGS = Set.of("md", "markdown", "txt", "adoc", "rst");
  private static final Set<String> PASSED_OVER = Set.of("target", "build", "src", "node_modules");
  static final long MAX_BYTES = 4_000_000;

  public DocumentFolder {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * The folder named by the first argument, else by {@code MILLRACE_RAG_FOLDER}, else the current
   * one. It is looked at when it is used, not here.
   */
  public static DocumentFolder configured(String... arguments) {
    return configured(System.getenv(), arguments);
  }

  static DocumentFolder configured(Map<String, String> environment, String... arguments) {
    String named = environment.getOrDefault("MILLRACE_RAG_FOLDER", "");
    return new DocumentFolder(
        Path.of(arguments.length > 0 ? arguments[0] : named.isBlank() ? "." : named));
  }

  /**
   * The documents' paths relative to the folder, sorted.
   *
   * @throws DocumentsException if the folder cannot be read or has no text in it
   */
  List<String> documents() {
    if (!Files.isDirectory(root)) {
      throw DocumentsException.notAFolder(root);
    }
    List<String> found = new ArrayList<>();
    try {
      Files.walkFileTree(root, new Finder(root, found));
    } catch (IOException e) {
      throw DocumentsException.unreadable(root, e);
    }
    if (found.isEmpty()) {
      throw DocumentsException.empty(root);
    }
    found.sort(null);
    return found;
  }

  /**
   * The lines of one document. Bytes that are not UTF-8 become replacement characters.
   *
   * @param path as {@link #documents} returns it
   * @throws DocumentsException if it is not there, not readable or not below the folder
   */
  List<String> lines(String path) {
    Path file = root.resolve(path).normalize();
    if (!file.startsWith(root)) {
      throw DocumentsException.outside(root, path);
    }
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw DocumentsException.unreadable(file, e);
    }
  }

  private static final class Finder extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<String> found;

    Finder(Path root, List<String> found) {
      this.root = root;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      String name = folder.getFileName() == null ? "" : folder.getFileName().toString();
      boolean skip = !folder.equals(root) && (name.startsWith(".") || PASSED_OVER.contains(name));
      return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile() && attributes.size() <= MAX_BYTES && isText(file)) {
        try {
          if (!isGenerated(file)) {
            found.add(root.relativize(file).toString().replace('\\', '/'));
          }
        } catch (IOException e) {
          return visitFileFailed(file, e);
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE; // deleted while we looked
      }
      throw e;
    }

    private static boolean isGenerated(Path file) throws IOException {
      try (InputStream in = Files.newInputStream(file)) {
        String begin = new String(in.readNBytes(200), StandardCharsets.UTF_8);
        return begin.lines().limit(1).anyMatch(line -> line.contains("@generated"));
      }
    }

    private static boolean isText(Path file) {
      String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
      return !name.startsWith(".") && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
    }
  }
}
