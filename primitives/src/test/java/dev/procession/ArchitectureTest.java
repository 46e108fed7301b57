package dev.procession;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** A package uses only what stands before it in the table of CONTRIBUTING.md. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.procession");

    @Test
    void packages_useOnlyLowerLayers() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("exceptions")
                .definedBy("dev.procession")
                .layer("wire")
                .definedBy("dev.procession.internal.wire")
                .layer("child")
                .definedBy("dev.procession.internal.child")
                .layer("process")
                .definedBy("dev.procession.process")
                .layer("pool")
                .definedBy("dev.procession.pool")
                .whereLayer("pool")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("process")
                .mayOnlyBeAccessedByLayers("pool")
                .whereLayer("child")
                .mayOnlyBeAccessedByLayers("process", "pool")
                .whereLayer("wire")
                .mayOnlyBeAccessedByLayers("child", "process", "pool")
                .check(CLASSES);
    }

    @Test
    void packages_haveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("dev.procession.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void library_needsTheBaseModuleAlone() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.procession.internal.child.InheritedOptions")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "dev.procession..",
                        "java.io..",
                        "java.lang..",
                        "java.math..",
                        "java.net..",
                        "java.nio..",
                        "java.security..",
                        "java.time..",
                        "java.util..",
                        "org.jspecify..")
                .check(CLASSES);
    }
}
