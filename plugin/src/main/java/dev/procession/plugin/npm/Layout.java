package dev.procession.plugin.npm;

import dev.procession.plugin.report.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which package goes where. The first source that has a package provides it, as Maven's class path has it. When there
 * is another version of it too, a package whose range only that one satisfies gets it for itself, below its own
 * {@code node_modules}, as npm does it.
 */
final class Layout {
    private static final int SHOWN_RANGES = 3;
    private static final int SHOWN_ASKERS = 3;

    /** Where versions are stated: a project's dependency management does not reach what the pom gives to the plugin. */
    private static final String PLACE =
            " in <dependencyManagement>, or if the plugin's <dependencies> bring the package, among those";

    private final Map<String, List<Placement>> candidates = new LinkedHashMap<>();
    private final List<Placement> placements = new ArrayList<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    /** Who asks for a version that is not there, by what they ask for and what they get. */
    private final Map<Misfit, Set<Asker>> misfits = new LinkedHashMap<>();

    /**
     * A range that what is there is not in.
     *
     * @param version that of the package that is there
     * @param coordinates the same in the words of Maven
     */
    private record Misfit(String name, String range, String version, String coordinates) {}

    private record Asker(String name, String version, String coordinates) {
        static Asker of(Placement user) {
            return new Asker(user.name(), user.content().version(), user.coordinates());
        }
    }

    private Layout() {}

    static Layout of(List<UnitFinder.Found> found) {
        Layout layout = new Layout();
        for (UnitFinder.Found each : found) {
            layout.consider(each);
        }
        for (List<Placement> same : layout.candidates.values()) {
            layout.placements.add(same.get(0));
        }
        for (Placement top : List.copyOf(layout.placements)) {
            layout.serve(top, List.of(top));
        }
        layout.misfits.forEach(layout::tell);
        for (List<Placement> same : layout.candidates.values()) {
            layout.compare(same);
        }
        layout.checkRanges(found);
        if (layout.placements.size() > 1) {
            layout.placements.sort(Comparator.comparing(Placement::path));
        }
        return layout;
    }

    /** In the order of their paths, so that a package comes before those below it. */
    List<Placement> placements() {
        return placements;
    }

    /** What the user should know, one line each. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    private void consider(UnitFinder.Found found) {
        PackageSource source = found.source();
        Unit unit = found.unit();
        if (!unit.leftOut().isEmpty()) {
            int more = unit.leftOut().size() - 1;
            warnings.add(source.coordinates() + ": a file in it is left out, since not every system can hold it: "
                    + unit.leftOut().get(0) + (more == 0 ? "" : ", and " + Amount.number(more) + " more"));
        }
        if (!unit.packages().isEmpty()) {
            String range = source.declaredVersion().orElse("");
            if (EmbeddedPom.isRange(range)) {
                warnings.add(source.coordinates()
                        + ": its version is asked for as the range " + range
                        + ", so what is bundled may change from one day to the next; write <version>"
                        + source.version()
                        + "</version>, in <dependencyManagement> when the dependency is not yours");
            }
        }
        for (Unit.Content content : unit.packages()) {
            // npm has packages whose names differ in case only; most file systems of developers cannot hold both.
            String name = EntryName.folded(content.name());
            List<Placement> same = candidates.getOrDefault(name, new ArrayList<>());
            same.add(new Placement(content.name(), unit, content, source.coordinates()));
            candidates.put(name, same);
            checkVersion(source, unit, content);
        }
    }

    /** One line for all: a package of many parts, such as d3, leaves the versions of all of them open. */
    private void checkRanges(List<UnitFinder.Found> found) {
        Map<String, UnitFinder.Found> open = new LinkedHashMap<>();
        for (UnitFinder.Found each : found) {
            PackageSource source = each.source();
            if (source.declaredVersion().isEmpty() && !isOfTypes(each.unit())) {
                open.put(source.groupId() + ":" + source.artifactId(), each);
            }
        }
        List<String> loose = new ArrayList<>();
        for (UnitFinder.Found user : found) {
            for (Map.Entry<String, String> range : user.unit().ranges().entrySet()) {
                UnitFinder.Found part = open.remove(range.getKey());
                if (part != null) {
                    loose.add(part.source().coordinates() + " (" + range.getValue() + " in the pom of "
                            + user.source().artifactId() + ")");
                }
            }
        }
        if (!loose.isEmpty()) {
            int shown = Math.min(SHOWN_RANGES, loose.size());
            warnings.add("what is bundled may change from one day to the next, since versions are ranges: "
                    + String.join(", ", loose.subList(0, shown))
                    + (loose.size() > shown ? " and " + Amount.number(loose.size() - shown) + " more" : "")
                    + "; state them" + PLACE);
        }
    }

    private static boolean isOfTypes(Unit unit) {
        for (Unit.Content content : unit.packages()) {
            if (!content.name().startsWith("@types/")) {
                return false;
            }
        }
        return true;
    }

    private void checkVersion(PackageSource source, Unit unit, Unit.Content content) {
        String maven = source.version();
        String npm = content.version();
        // WebJars that are packed again count on after a hyphen; a jar of several packages has a version of its own.
        boolean same = npm.isEmpty() || maven.equals(npm) || maven.startsWith(npm + "-") || maven.startsWith(npm + ".");
        // Whoever packs a module of their own counts its versions as they like.
        boolean packed =
                source.groupId().startsWith("org.webjars") || source.groupId().startsWith("org.mvnpm");
        if (!same && packed && unit.packages().size() == 1 && !maven.endsWith("-SNAPSHOT")) {
            warnings.add(source.coordinates() + ": the package in it says that it is " + content.name() + " " + npm
                    + "; the artifact was made wrongly, so look at what is in it or take another version");
        }
    }

    /** Sees to it that what a package needs is what it finds. */
    private void serve(Placement user, List<Placement> chain) {
        for (Map.Entry<String, String> need : user.content().dependencies().entrySet()) {
            String name = need.getKey();
            String range = need.getValue();
            List<Placement> all = candidates.getOrDefault(EntryName.folded(name), List.of());
            Optional<Placement> visible = visible(name, chain);
            if (visible.isEmpty() || Ranges.satisfies(visible.get().content().version(), range)) {
                continue;
            }
            Optional<Placement> fitting = all.stream()
                    .filter(candidate -> candidate.name().equals(name)
                            && Ranges.satisfies(candidate.content().version(), range)
                            && chain.stream().noneMatch(above -> above.isSamePackage(candidate)))
                    .findFirst();
            if (fitting.isEmpty()) {
                // Types are for compilers and editors; nothing of them is bundled.
                if (!name.startsWith("@types/")) {
                    Misfit misfit = new Misfit(
                            name,
                            range,
                            visible.get().content().version(),
                            visible.get().coordinates());
                    misfits.computeIfAbsent(misfit, any -> new LinkedHashSet<>())
                            .add(Asker.of(user));
                }
                continue;
            }
            Placement nested = new Placement(
                    user.path() + "/node_modules/" + name,
                    fitting.get().unit(),
                    fitting.get().content(),
                    fitting.get().coordinates());
            placements.add(nested);
            List<Placement> deeper = new ArrayList<>(chain);
            deeper.add(nested);
            serve(nested, deeper);
        }
    }

    /** One line for all who ask alike: the parts of one framework ask for each other in the same version. */
    private void tell(Misfit misfit, Set<Asker> askers) {
        List<Asker> all = List.copyOf(askers);
        int named = Math.min(SHOWN_ASKERS, all.size());
        StringBuilder others = new StringBuilder();
        for (Asker other : all.subList(1, named)) {
            others.append(!others.isEmpty() ? ", " : all.size() == 2 ? ", as does " : ", as do ")
                    .append(other.name())
                    .append(' ')
                    .append(other.version());
        }
        if (all.size() > named) {
            others.append(" and ").append(Amount.number(all.size() - named)).append(" more");
        }
        Asker first = all.get(0);
        warnings.add(
                first.name() + " " + first.version() + " (" + first.coordinates() + ") asks for " + misfit.name() + " "
                        + misfit.range() + ", and gets " + misfit.version() + " (" + misfit.coordinates() + ")"
                        + others + "; state the version" + PLACE);
    }

    /** What an import in the last package of the chain finds. */
    private Optional<Placement> visible(String name, List<Placement> chain) {
        for (int i = chain.size() - 1; i >= 0; i--) {
            Placement user = chain.get(i);
            String below = user.path() + "/node_modules/" + name;
            for (Placement placement : placements) {
                if (placement.path().equals(below)) {
                    return Optional.of(placement);
                }
            }
        }
        List<Placement> all = candidates.getOrDefault(EntryName.folded(name), List.of());
        return all.isEmpty() || !all.get(0).name().equals(name) ? Optional.empty() : Optional.of(all.get(0));
    }

    private void compare(List<Placement> same) {
        Placement first = same.get(0);
        for (Placement other : same.subList(1, same.size())) {
            if (other.content().version().equals(first.content().version())
                    && other.name().equals(first.name())) {
                continue;
            }
            List<String> users = placements.stream()
                    .filter(placement ->
                            placement.isSamePackage(other) && !placement.path().equals(other.path()))
                    .map(placement ->
                            placement.path().substring(0, placement.path().lastIndexOf("/node_modules/")))
                    .toList();
            warnings.add("the npm package " + first.name() + " is there twice: "
                    + first.content().version() + " ("
                    + first.coordinates() + ") is used, since it comes first, and "
                    + other.content().version() + " ("
                    + other.coordinates() + ") is "
                    + (users.isEmpty() ? "not" : "used only by " + String.join(", ", users))
                    + "; exclude one of them");
        }
    }
}
