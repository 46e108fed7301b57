package dev.procession;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;

/** The goals know the engines, the engines know the reports, and only the goals know Maven. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages("dev.procession.plugin", "dev.procession.maven");

    @Test
    void packages_useOnlyLowerLayers() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("goals")
                .definedBy("dev.procession.maven")
                .layer("bundle")
                .definedBy("dev.procession.plugin.bundle")
                .layer("engine")
                .definedBy("dev.procession.plugin.engine")
                .layer("output")
                .definedBy("dev.procession.plugin.output")
                .layer("sort")
                .definedBy("dev.procession.plugin.sort")
                .layer("work")
                .definedBy("dev.procession.plugin.work")
                .layer("lecture")
                .definedBy("dev.procession.plugin.lecture")
                .layer("npm")
                .definedBy("dev.procession.plugin.npm")
                .layer("session")
                .definedBy("dev.procession.plugin.session")
                .layer("report")
                .definedBy("dev.procession.plugin.report")
                .whereLayer("goals")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("bundle")
                .mayOnlyBeAccessedByLayers("goals")
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("goals", "bundle")
                .whereLayer("output")
                .mayOnlyBeAccessedByLayers("goals", "bundle")
                .whereLayer("sort")
                .mayOnlyBeAccessedByLayers("goals")
                .whereLayer("work")
                .mayOnlyBeAccessedByLayers("goals", "bundle", "engine", "npm", "output", "sort")
                .whereLayer("lecture")
                .mayOnlyBeAccessedByLayers("goals")
                .whereLayer("npm")
                .mayOnlyBeAccessedByLayers("goals", "bundle")
                .whereLayer("session")
                .mayOnlyBeAccessedByLayers("goals")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("goals", "bundle", "engine", "npm", "output", "sort", "lecture", "session", "work")
                .check(CLASSES);
    }

    @Test
    void engines_doNotKnowMaven() {
        noClasses()
                .that()
                .resideInAPackage("dev.procession.plugin..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.maven..")
                .check(CLASSES);
    }

    /** The children's class path holds this plugin's jar and the primitives', and nothing else. */
    @Test
    void tasks_needOnlyTheJdkAndTheEngine() {
        classes()
                .that()
                .haveNameMatching(
                        ".*\\.bundle\\.(ReadTask|ScriptReader|ScriptSource|ScriptText|MappingEncoder|PrologueScanner"
                                + "|TailScanner|Piece|ReadFailure|ReadOutcome|Sha256|Vlq|LineBreak)(\\$.*)?"
                                + "|.*\\.sort\\.(PlaceTask|Placer|PlaceOutcome|PlaceJob|RawName|Publishing)(\\$.*)?"
                                + "|.*\\.work\\.(FileStat|FileName)|.*\\.report\\.Shown")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "dev.procession.pool",
                        "dev.procession.plugin.bundle",
                        "dev.procession.plugin.sort",
                        "dev.procession.plugin.work",
                        "dev.procession.plugin.report",
                        "org.jspecify.annotations")
                .check(CLASSES);
    }

    /** Readers learn from the examples, so these use what readers have: the public API, and the stage. */
    @Test
    void examples_useThePublicApiAndTheStage() {
        classes()
                .that()
                .implement("dev.procession.plugin.lecture.Example")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "dev.procession.process", "dev.procession.plugin.lecture", "org.jspecify.annotations")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.procession..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.procession.internal..")
                .check(CLASSES);
    }

    /** Two goals in one JVM, and modules side by side under -T: there is nothing for them to share. */
    @Test
    void classes_haveNoStaticState() {
        classes()
                .should(new ArchCondition<>("have no static field that is not final") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        for (JavaField field : type.getFields()) {
                            if (field.getModifiers().contains(JavaModifier.STATIC)
                                    && !field.getModifiers().contains(JavaModifier.FINAL)) {
                                events.add(SimpleConditionEvent.violated(field, field.getDescription()));
                            }
                        }
                    }
                })
                .check(CLASSES);
    }
}
