package io.millrace.cli.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that a build of an image sees: the Dockerfile and what it copies. Deleted when closed.
 */
public final class BuildContext implements AutoCloseable {
  private final Path folder;

  private BuildContext(Path folder) {
    this.folder = folder;
  }

  /**
   * Copies everything together.
   *
   * @param images the project's folder of that name
   * @param kind a folder in it, with a Dockerfile
   * @param files folders and files that the image shall have in {@code /app}
   * @throws ImageException if something is missing, or two jars have one name
   */
  public static BuildContext of(Path images, String kind, Jars jars, List<Path> files) {
    try {
      BuildContext context = new BuildContext(Files.createTempDirectory("millrace-image"));
      try {
        copyTree(images.resolve(kind), context.folder);
        for (String common : List.of("bin", "etc")) {
          copyTree(images.resolve(common), context.folder.resolve(common));
        }
        context.copyInto("libraries", jars.libraries());
        context.copyInto("application", jars.application());
        context.copyInto("files", files);
        return context;
      } catch (IOException | RuntimeException e) {
        context.close();
        throw e;
      }
    } catch (IOException e) {
      throw new ImageException("cannot copy what belongs into the image", e);
    }
  }

  public Path folder() {
    return folder;
  }

  private void copyInto(String name, List<Path> paths) throws IOException {
    Path target = Files.createDirectories(folder.resolve(name));
    for (Path path : paths) {
      Path copy = target.resolve(path.toAbsolutePath().normalize().getFileName());
      if (Files.exists(copy)) {
        throw new ImageException(
            path.getFileName() + " is there twice; the second is " + path.toAbsolutePath());
      }
      copyTree(path, copy);
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    if (!Files.exists(from)) {
      throw new ImageException("there is no " + from.toAbsolutePath());
    }
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path copy = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  @Override
  public void close() {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new ImageException("cannot delete " + folder, e);
    }
  }
}
