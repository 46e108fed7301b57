package dev.procession;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A package uses only what stands before it in the table of CONTRIBUTING.md. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.procession");

    /** Lowest first, as in CONTRIBUTING.md. */
    private static final List<String> LAYERS = List.of(
            "dev.procession",
            "dev.procession.internal.log",
            "dev.procession.internal.memory",
            "dev.procession.internal.record",
            "dev.procession.timeline",
            "dev.procession.internal.timeline",
            "dev.procession.internal.wire",
            "dev.procession.internal.child",
            "dev.procession.internal.liveness",
            "dev.procession.internal.waiting",
            "dev.procession.internal.locking",
            "dev.procession.internal.participant",
            "dev.procession.session",
            "dev.procession.sync",
            "dev.procession.shared",
            "dev.procession.channel",
            "dev.procession.process",
            "dev.procession.pool",
            "dev.procession.manager");

    @Test
    void packages_useOnlyLowerLayers() {
        for (int layer = 0; layer < LAYERS.size(); layer++) {
            String[] higher = LAYERS.subList(layer + 1, LAYERS.size()).toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(LAYERS.get(layer))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(higher)
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    @Test
    void packages_allHaveALayer() {
        assertEquals(
                Set.of(),
                CLASSES.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> !LAYERS.contains(name))
                        .collect(Collectors.toSet()));
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
                        "javax.crypto..",
                        "javax.net..",
                        "org.jspecify..")
                .check(CLASSES);
    }

    /** LG04: what a user's code can name and see is exported, and leads to nothing that is not. */
    @Test
    void module_exportsAllButTheInternals() {
        ModuleDescriptor module = ModuleFinder.of(Path.of("target", "classes"))
                .find("dev.procession.primitives")
                .orElseThrow()
                .descriptor();
        Set<String> exported = new TreeSet<>();
        module.exports().forEach(export -> exported.add(export.source()));
        Set<String> wanted = new TreeSet<>(LAYERS);
        wanted.removeIf(name -> name.contains(".internal"));
        assertEquals(wanted, exported);
    }

    /** LG04 */
    @Test
    void api_namesNoInternalType() {
        Set<String> leaks = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            if (type.getPackageName().contains(".internal") || !isVisible(type)) {
                continue;
            }
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                if (isVisible(unit) && unit.getOwner().equals(type)) {
                    Stream.concat(unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
                            .filter(named -> named.getBaseComponentType()
                                    .getPackageName()
                                    .contains(".internal"))
                            .forEach(named -> leaks.add(unit.getFullName()));
                }
            }
        }
        assertEquals(Set.of(), leaks);
    }

    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
    }

    private static boolean isVisible(JavaCodeUnit unit) {
        return unit.getModifiers().contains(JavaModifier.PUBLIC)
                || unit.getModifiers().contains(JavaModifier.PROTECTED);
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
