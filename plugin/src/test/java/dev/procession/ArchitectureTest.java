package dev.procession;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
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
                .definedBy("dev.procession.plugin.bundle..")
                .layer("engine")
                .definedBy("dev.procession.plugin.engine")
                .layer("output")
                .definedBy("dev.procession.plugin.output")
                .layer("sort")
                .definedBy("dev.procession.plugin.sort..")
                .layer("work")
                .definedBy("dev.procession.plugin.work")
                .layer("lecture")
                .definedBy("dev.procession.plugin.lecture..")
                .layer("npm")
                .definedBy("dev.procession.plugin.npm")
                .layer("watch")
                .definedBy("dev.procession.plugin.watch")
                .layer("session")
                .definedBy("dev.procession.plugin.session")
                .layer("timeline")
                .definedBy("dev.procession.plugin.timeline")
                .layer("report")
                .definedBy("dev.procession.plugin.report")
                .whereLayer("goals")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("bundle")
                .mayOnlyBeAccessedByLayers("goals")
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("goals", "bundle", "output")
                .whereLayer("output")
                .mayOnlyBeAccessedByLayers("goals", "bundle")
                .whereLayer("sort")
                .mayOnlyBeAccessedByLayers("goals")
                .whereLayer("work")
                .mayOnlyBeAccessedByLayers("goals", "bundle", "engine", "npm", "output", "sort", "lecture")
                .whereLayer("lecture")
                .mayOnlyBeAccessedByLayers("goals")
                .whereLayer("npm")
                .mayOnlyBeAccessedByLayers("goals", "bundle")
                .whereLayer("watch")
                .mayOnlyBeAccessedByLayers("goals")
                .whereLayer("session")
                .mayOnlyBeAccessedByLayers("goals")
                .whereLayer("timeline")
                .mayOnlyBeAccessedByLayers("goals", "lecture")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers(
                        "goals", "bundle", "engine", "npm", "output", "sort", "lecture", "session", "watch", "work")
                .check(CLASSES);
    }

    /** The parts of bundling: each uses only those before it. */
    private static final List<String> BUNDLE = List.of(
            "bundle.publish",
            "bundle.request",
            "bundle.input",
            "bundle.record",
            "bundle.map",
            "bundle.read",
            "bundle.join",
            "bundle.search",
            "bundle.module",
            "bundle");

    /** The same of sorting. */
    private static final List<String> SORT = List.of(
            "sort.failure",
            "sort.name",
            "sort.store",
            "sort.output",
            "sort.scan",
            "sort.layout",
            "sort.extra",
            "sort.content",
            "sort.archive",
            "sort.journal",
            "sort.settings",
            "sort.copy",
            "sort.plan",
            "sort.history",
            "sort");

    /** The same of the lecture: what an example is and is played on comes first, since projects have their own. */
    private static final List<String> LECTURE = List.of("lecture", "lecture.example", "lecture.page", "lecture.play");

    @Test
    void partsOfAnEngine_useOnlyThoseBelow() {
        onlyDownwards("bundle", BUNDLE);
        onlyDownwards("sort", SORT);
        onlyDownwards("lecture", LECTURE);
    }

    private static void onlyDownwards(String engine, List<String> parts) {
        List<String> names =
                parts.stream().map(part -> "dev.procession.plugin." + part).toList();
        classes()
                .that()
                .resideInAPackage("dev.procession.plugin." + engine + "..")
                .should()
                .resideInAnyPackage(names.toArray(String[]::new))
                .because("each part has its place in the order")
                .check(CLASSES);
        for (int i = 0; i < names.size() - 1; i++) {
            noClasses()
                    .that()
                    .resideInAPackage(names.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(names.subList(i + 1, names.size()).toArray(String[]::new))
                    .check(CLASSES);
        }
    }

    @Test
    void packages_dependOnEachOtherInOneDirection() {
        slices().matching("dev.procession.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void engines_doNotKnowMaven() {
        noClasses()
                .that()
                .resideInAPackage("dev.procession.plugin..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.maven..", "org.codehaus.plexus.build..")
                .check(CLASSES);
    }

    /** The children's class path holds this plugin's jar and the primitives', and nothing else. */
    @Test
    void tasks_needOnlyTheJdkAndTheEngine() {
        classes()
                .that()
                .haveNameMatching(".*\\.bundle\\.read\\..*|.*\\.bundle\\.input\\.ScriptSource(\\$.*)?"
                        + "|.*\\.bundle\\.map\\.(Segments|SourceNames|Vlq)|.*\\.bundle\\.record\\.Sha256"
                        + "|.*\\.output\\.(CompressTask|SteadyGzip|Format)(\\$.*)?"
                        + "|.*\\.sort\\.(copy\\.(PlaceTask|Placer|PlaceOutcome|PlaceJob)|name\\.RawName|output\\.Publishing)(\\$.*)?"
                        + "|.*\\.work\\.(FileStat|FileName)|.*\\.report\\.Shown")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "dev.procession.pool",
                        "dev.procession.plugin.bundle..",
                        "dev.procession.plugin.output",
                        "dev.procession.plugin.sort..",
                        "dev.procession.plugin.work",
                        "dev.procession.plugin.report",
                        "org.jspecify.annotations")
                .check(CLASSES);
    }

    /** What reads what anybody may have made is for children: nothing that runs in the build may load it. */
    @Test
    void librariesForUntrustedContent_areUsedByThreeClassesOnly() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.sort\\.(content\\.(ContentDetector|PhotoDate)|archive\\.Unpacker)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.tika..", "com.drew..", "org.apache.commons.compress..")
                .check(CLASSES);
        noClasses()
                .that()
                .haveNameNotMatching(
                        ".*\\.sort\\.(content\\.(LookTask|ContentDetector|PhotoDate)|archive\\.(UnpackTask|Unpacker))(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(".*\\.sort\\.(content\\.(ContentDetector|PhotoDate)|archive\\.Unpacker)(\\$.*)?")
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
                        "java..",
                        "dev.procession",
                        "dev.procession.channel",
                        "dev.procession.manager",
                        "dev.procession.pool",
                        "dev.procession.process",
                        "dev.procession.session",
                        "dev.procession.shared",
                        "dev.procession.sync",
                        "dev.procession.timeline",
                        "dev.procession.plugin.lecture",
                        "dev.procession.plugin.lecture.example",
                        "org.jspecify.annotations")
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
