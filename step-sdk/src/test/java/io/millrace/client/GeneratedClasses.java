package io.millrace.client;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.avro.Schema;
import org.apache.avro.compiler.specific.SpecificCompiler;
import org.apache.avro.generic.GenericData;

/** Classes that Avro's compiler makes of schemas, as a program that is schema first has them. */
final class GeneratedClasses {
  private final ClassLoader loader;

  private GeneratedClasses(ClassLoader loader) {
    this.loader = loader;
  }

  static GeneratedClasses of(Collection<Schema> schemas, Path folder) throws IOException {
    Path sources = folder.resolve("sources");
    for (Schema schema : schemas) {
      SpecificCompiler compiler = new SpecificCompiler(schema);
      compiler.setStringType(GenericData.StringType.String);
      compiler.setEnableDecimalLogicalType(true);
      compiler.compileToDestination(null, sources.toFile());
    }
    Path classes = Files.createDirectories(folder.resolve("classes"));
    compile(sources, classes);
    URL[] urls = {url(classes)};
    return new GeneratedClasses(new URLClassLoader(urls, GeneratedClasses.class.getClassLoader()));
  }

  private static void compile(Path sources, Path classes) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (Stream<Path> all = Files.walk(sources)) {
      List<String> files = all.filter(Files::isRegularFile).map(Path::toString).toList();
      Stream<String> options =
          Stream.of(
              "-proc:none",
              "-nowarn",
              "-Xlint:none",
              "-cp",
              System.getProperty("java.class.path"),
              "-d",
              classes.toString());
      int failed =
          javac.run(
              null, null, null, Stream.concat(options, files.stream()).toArray(String[]::new));
      if (failed != 0) {
        throw new IllegalStateException("the generated classes do not compile");
      }
    }
  }

  private static URL url(Path folder) throws MalformedURLException {
    return folder.toUri().toURL();
  }

  Class<?> of(Schema record) {
    try {
      return loader.loadClass(record.getFullName());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("no class was generated for " + record.getFullName(), e);
    }
  }
}
