package dev.procession;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
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
                .layer("memory")
                .definedBy("dev.procession.internal.memory")
                .layer("record")
                .definedBy("dev.procession.internal.record")
                .layer("timeline")
                .definedBy("dev.procession.timeline")
                .layer("timeline reader")
                .definedBy("dev.procession.internal.timeline")
                .layer("sync")
                .definedBy("dev.procession.sync")
                .layer("shared")
                .definedBy("dev.procession.shared")
                .whereLayer("shared")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("sync")
                .mayOnlyBeAccessedByLayers("shared")
                .whereLayer("timeline reader")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("timeline")
                .mayOnlyBeAccessedByLayers("timeline reader")
                .whereLayer("record")
                .mayOnlyBeAccessedByLayers("timeline", "timeline reader")
                .whereLayer("memory")
                .mayOnlyBeAccessedByLayers("record", "timeline reader", "sync", "shared")
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

    /** A static dependency that is also transitive must be there for whoever compiles a module of their own. */
    @Test
    void module_users_needNothingButJavaBase() {
        ModuleDescriptor module = ModuleFinder.of(Path.of("target", "classes"))
                .find("dev.procession.primitives")
                .orElseThrow()
                .descriptor();
        for (ModuleDescriptor.Requires required : module.requires()) {
            assertTrue(
                    required.name().equals("java.base")
                            || (required.modifiers().contains(Modifier.STATIC)
                                    && !required.modifiers().contains(Modifier.TRANSITIVE)),
                    required.toString());
        }
    }
}
