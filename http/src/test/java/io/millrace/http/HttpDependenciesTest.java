package io.millrace.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class HttpDependenciesTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> location.contains("/http/"))
          .importPackages("io.millrace.http");

  @Test
  void only_the_server_knows_the_http_library() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.http.*..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
        .check(MAIN);
  }

  @Test
  void only_authentication_knows_the_token_library() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.millrace.http.auth..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.nimbusds..")
        .check(MAIN);
  }
}
