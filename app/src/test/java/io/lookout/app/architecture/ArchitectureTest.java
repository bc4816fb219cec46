package io.lookout.app.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.lookout.app.repository.ProductionCode;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md that Maven cannot see. */
class ArchitectureTest {
  private static final JavaClasses LOOKOUT =
      new ClassFileImporter().withImportOption(new ProductionCode()).importPackages("io.lookout");

  /** Plain synchronous Java: testable without an event loop, and usable from any thread. */
  private static final String[] PURE = {
    "io.lookout.model..",
    "io.lookout.query.promql..",
    "io.lookout.storage.head..",
    "io.lookout.storage.wal..",
    "io.lookout.storage.block..",
    "io.lookout.cluster.settings..",
  };

  private static final List<String> VAGUE_NAMES =
      List.of(
          "Manager", "Helper", "Util", "Utils", "Base", "Impl", "Common", "Processor", "Service");

  @Test
  void allModulesAreSeen() {
    assertThat(LOOKOUT.stream().map(JavaClass::getPackageName))
        .contains("io.lookout.model", "io.lookout.cluster")
        .anyMatch(name -> name.startsWith("io.lookout.ingest"))
        .anyMatch(name -> name.startsWith("io.lookout.storage"))
        .anyMatch(name -> name.startsWith("io.lookout.query"))
        .anyMatch(name -> name.startsWith("io.lookout.app"));
  }

  @Test
  void purePackagesDoNotKnowVertx() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "io.netty..", "com.hazelcast..")
        .allowEmptyShould(true)
        .check(LOOKOUT);
  }

  @Test
  void decodersAndParsersDoNotKnowVertx() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Decoder")
        .or()
        .haveSimpleNameEndingWith("Parser")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "io.netty..")
        .allowEmptyShould(true)
        .check(LOOKOUT);
  }

  @Test
  void theModelKnowsNothingOfTheRest() {
    noClasses()
        .that()
        .resideInAPackage("io.lookout.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.lookout.cluster..",
            "io.lookout.ingest..",
            "io.lookout.storage..",
            "io.lookout.query..",
            "io.lookout.app..")
        .check(LOOKOUT);
  }

  /** Services take the SDK into themselves: it brings nothing of the server. */
  @Test
  void theSdkStandsAlone() {
    noClasses()
        .that()
        .resideInAPackage("io.lookout.sdk..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.lookout..").and(not(resideInAPackage("io.lookout.sdk.."))))
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "io.netty..")
        .check(LOOKOUT);
  }

  @Test
  void theRolesDoNotSeeEachOther() {
    theRoleSeesNeither("ingest", "storage", "query");
    theRoleSeesNeither("storage", "ingest", "query");
    theRoleSeesNeither("query", "ingest", "storage");
  }

  private static void theRoleSeesNeither(String role, String... others) {
    noClasses()
        .that()
        .resideInAPackage("io.lookout." + role + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Stream.concat(Stream.of(others), Stream.of("app"))
                .map(other -> "io.lookout." + other + "..")
                .toArray(String[]::new))
        .check(LOOKOUT);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.lookout.(**)").should().beFreeOfCycles().check(LOOKOUT);
  }

  @Test
  void namesSayWhatAThingIs() {
    for (String vague : VAGUE_NAMES) {
      noClasses().should().haveSimpleNameEndingWith(vague).check(LOOKOUT);
    }
    noClasses().should().haveSimpleNameStartingWith("Abstract").check(LOOKOUT);
    noClasses().should().resideInAnyPackage("..impl..", "..util..", "..common..").check(LOOKOUT);
  }

  @Test
  void settingsAreRecords() {
    classes()
        .that()
        .haveSimpleNameEndingWith("Settings")
        .and()
        .areNotInterfaces()
        .and()
        .resideOutsideOfPackage("io.lookout.cluster.settings")
        .should()
        .beRecords()
        .allowEmptyShould(true)
        .check(LOOKOUT);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(LOOKOUT.stream().map(JavaClass::getPackage).distinct())
        .filteredOn(javaPackage -> !javaPackage.getClasses().isEmpty())
        .filteredOn(javaPackage -> !javaPackage.isAnnotatedWith(NullMarked.class))
        .extracting(JavaPackage::getName)
        .isEmpty();
  }
}
