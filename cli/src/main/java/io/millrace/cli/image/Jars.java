package io.millrace.cli.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The jars of an image in two layers, so that a new build of an application moves a small one only.
 *
 * @param libraries of others: those in folders
 * @param application what is built again and again: jars that were named one by one, and snapshots
 */
public record Jars(List<Path> libraries, List<Path> application) {
  public Jars {
    libraries = List.copyOf(libraries);
    application = List.copyOf(application);
  }

  /**
   * @param paths jars and folders of jars
   * @throws ImageException if one is neither
   */
  public static Jars of(List<Path> paths) {
    List<Path> libraries = new ArrayList<>();
    List<Path> application = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        in(path).forEach(jar -> (isSnapshot(jar) ? application : libraries).add(jar));
      } else if (Files.isRegularFile(path) && isJar(path)) {
        application.add(path);
      } else {
        throw new ImageException(path + " is neither a jar nor a folder of jars");
      }
    }
    return new Jars(libraries, application);
  }

  private static List<Path> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> jars = files.filter(Jars::isJar).sorted().toList();
      if (jars.isEmpty()) {
        throw new ImageException(
            "there are no jars in "
                + folder
                + "; name a folder of jars, such as Maven's dependency:copy-dependencies fills");
      }
      return jars;
    } catch (IOException e) {
      throw new ImageException("cannot read " + folder, e);
    }
  }

  private static boolean isJar(Path path) {
    return path.toString().endsWith(".jar");
  }

  private static boolean isSnapshot(Path jar) {
    return jar.toString().endsWith("-SNAPSHOT.jar");
  }
}
