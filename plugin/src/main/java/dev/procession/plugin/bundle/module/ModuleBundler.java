package dev.procession.plugin.bundle.module;

import dev.procession.plugin.bundle.input.ScriptSource;
import dev.procession.plugin.bundle.publish.Staging;
import dev.procession.plugin.bundle.record.BuildRecord;
import dev.procession.plugin.bundle.record.FileState;
import dev.procession.plugin.bundle.record.Freshness;
import dev.procession.plugin.bundle.record.MadeBundle;
import dev.procession.plugin.bundle.record.OutputOwners;
import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.bundle.request.Problems;
import dev.procession.plugin.engine.Build;
import dev.procession.plugin.engine.Engine;
import dev.procession.plugin.engine.EngineMessage;
import dev.procession.plugin.engine.Metafile;
import dev.procession.plugin.npm.PackageFolder;
import dev.procession.plugin.output.ModuleComposition;
import dev.procession.plugin.output.StagedFile;
import dev.procession.plugin.output.ThirdParty;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Makes bundles of modules: has the engine build them, checks what came, and stages it. Publishes nothing itself. */
public final class ModuleBundler {
    private static final int PIECE = 1 << 16;

    private final BundleRequest request;
    private final Optional<PackageFolder> packages;
    private final OutputOwners owners;
    private final String surroundings;
    private final Problems problems;
    private final BuildLog log;
    private final String engine;
    private final List<BuildRecord.Bundle> current = new ArrayList<>();
    private final List<ModulePlan> stale = new ArrayList<>();
    private final Set<String> told = new HashSet<>();
    private final List<Draft> drafts = new ArrayList<>();

    public ModuleBundler(
            BundleRequest request,
            Optional<PackageFolder> packages,
            OutputOwners owners,
            String surroundings,
            Problems problems,
            BuildLog log)
            throws IOException {
        this.request = request;
        this.packages = packages;
        this.owners = owners;
        this.surroundings = surroundings;
        this.problems = problems;
        this.log = log;
        this.engine = request.modules().specs().isEmpty()
                ? ""
                : request.modules().engine().identity();
    }

    /** Finds out which of the plans have to be made. */
    public void look(List<ModulePlan> plans, BuildRecord old, Freshness freshness) {
        for (ModulePlan plan : plans) {
            Optional<BuildRecord.Bundle> recorded = old.bundle(plan.key());
            Optional<BuildRecord.Bundle> fresh =
                    recorded.isPresent() ? fresh(plan, recorded.get(), freshness) : Optional.empty();
            log.debug("bundle " + Shown.text(plan.label()) + (fresh.isPresent() ? ": up to date" : ": to be built"));
            if (fresh.isPresent()) {
                current.add(fresh.get());
                owners.current(fresh.get(), plan.label(), plan.owner());
            } else {
                stale.add(plan);
            }
        }
    }

    /** Makes those that have to be made; problems of all of them are told, and what has any is not staged. */
    public void make(long startedNanos, Staging staging) throws IOException, InterruptedException {
        if (!stale.isEmpty()) {
            drafts.addAll(draft(stale, startedNanos, staging));
        }
    }

    /** Those that were up to date. */
    public List<BuildRecord.Bundle> current() {
        return current;
    }

    /** Those that were made. */
    public List<MadeBundle> made() throws IOException {
        List<MadeBundle> made = new ArrayList<>();
        for (Draft draft : drafts) {
            made.add(made(draft));
        }
        return made;
    }

    private MadeBundle made(Draft draft) throws IOException {
        ModulePlan plan = draft.plan();
        Map<String, StagedFile> files = new LinkedHashMap<>();
        Map<Path, StagedFile> byTarget = new LinkedHashMap<>();
        for (StagedFile file : draft.files()) {
            byTarget.put(file.target(), file);
        }
        for (String path : draft.metafile().outputs().keySet()) {
            StagedFile file = byTarget.get(FileName.resolve(request.projectDirectory(), path));
            if (file != null) {
                files.put(path, file);
            }
        }
        Map<String, String> entries = new LinkedHashMap<>();
        for (Build.Entry entry : plan.build().entries()) {
            entries.put(entry.path(), entryName(plan, entry.path()));
        }
        return new MadeBundle(
                plan.key(),
                fingerprint(plan),
                plan.owner(),
                taken(draft.metafile()),
                draft.inputs(),
                draft.searched(),
                List.of(),
                ModuleComposition.of(plan.label(), plan.id(), draft.metafile(), files, entries, thirdParties(draft)),
                draft.files(),
                plan.settings());
    }

    /** Whose code is in it; read only when somebody will read it. */
    private List<ThirdParty> thirdParties(Draft draft) throws IOException {
        return draft.plan().settings().licenses() == null
                ? List.of()
                : new ModuleLicenses(
                                request.projectDirectory(),
                                packages.map(PackageFolder::packages).orElse(List.of()))
                        .of(draft.metafile());
    }

    /** What people call an entry: the bundle if there is only one, else its file without folder and ending. */
    private static String entryName(ModulePlan plan, String input) {
        if (plan.build().entries().size() == 1) {
            return plan.id();
        }
        String file = input.substring(input.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    private static Map<String, Long> taken(Metafile metafile) {
        Map<String, Long> taken = new LinkedHashMap<>();
        for (Map.Entry<String, Metafile.Input> input : metafile.inputs().entrySet()) {
            // The value of a definition is an input to the engine, and no file.
            if (!input.getKey().startsWith("<")) {
                taken.put(input.getKey(), input.getValue().bytes());
            }
        }
        return taken;
    }

    /**
     * A bundle that is made and not published yet.
     *
     * @param files what it writes, entries last
     * @param inputs the files that went in, with their sums
     * @param searched what else decides what would come
     */
    record Draft(
            ModulePlan plan,
            List<StagedFile> files,
            List<FileState> inputs,
            List<FileState> searched,
            Metafile metafile) {}

    private String fingerprint(ModulePlan plan) {
        return plan.fingerprint(
                request.engineVersion(),
                engine,
                packages.isPresent() ? packages.get().fingerprint() : "",
                surroundings);
    }

    /** The recorded bundle as of now, if it is what a new run would write. */
    private Optional<BuildRecord.Bundle> fresh(ModulePlan plan, BuildRecord.Bundle recorded, Freshness freshness) {
        if (!fingerprint(plan).equals(recorded.fingerprint())) {
            return Optional.empty();
        }
        try {
            List<FileState> searched = new ArrayList<>();
            for (FileState state : recorded.searched()) {
                Path place = FileName.resolve(request.projectDirectory(), state.name());
                if (!keep(
                        searched, place, freshness.sameNames(state, place, request.buildDirectory(), plan.endings()))) {
                    return Optional.empty();
                }
            }
            List<FileState> inputs = new ArrayList<>();
            for (FileState state : recorded.inputs()) {
                Path file = FileName.resolve(request.projectDirectory(), state.name());
                if (!keep(inputs, file, freshness.unchanged(state, ScriptSource.ofFile(file), FileStat.of(file)))) {
                    return Optional.empty();
                }
            }
            // Last, since they are what costs most when they have to be read.
            Optional<List<FileState>> outputs = freshness.untouched(recorded, request.buildDirectory());
            if (outputs.isEmpty()) {
                log.debug("changed: an output of bundle " + Shown.text(plan.label()));
                return Optional.empty();
            }
            return Optional.of(new BuildRecord.Bundle(
                    recorded.output(),
                    recorded.fingerprint(),
                    freshness.nowNanos(),
                    recorded.taken(),
                    inputs,
                    searched,
                    List.of(),
                    outputs.get(),
                    recorded.properties()));
        } catch (IOException e) {
            // An output or an input that is missing: making the bundle will tell.
            return Optional.empty();
        }
    }

    private boolean keep(List<FileState> states, Path file, Optional<FileState> same) {
        if (same.isPresent()) {
            states.add(same.get());
        } else if (log.debugs()) {
            log.debug("changed: " + FileName.shown(file));
        }
        return same.isPresent();
    }

    private List<Draft> draft(List<ModulePlan> plans, long startedNanos, Staging staging)
            throws IOException, InterruptedException {
        Engine ready = request.modules().engine().get();
        List<Draft> drafts = new ArrayList<>();
        List<ModuleRuns.Outcome> outcomes = new ArrayList<>();
        for (ModuleRuns.Outcome outcome : new ModuleRuns(request.modules().budget(), log).run(plans, ready)) {
            outcomes.add(looked(outcome));
        }
        new Marking(request, outcomes).mark();
        for (ModuleRuns.Outcome outcome : outcomes) {
            ModulePlan plan = outcome.plan();
            if (outcome.result().isEmpty()) {
                problems.addToSources(
                        Shown.text(EngineComplaint.head(plan.label(), outcome.failure())) + outcome.failure());
                continue;
            }
            Build.Result result = outcome.result().get();
            for (EngineMessage message : result.errors()) {
                problems.addToSources(text(plan, message));
            }
            tell(plan, result.warnings());
            if (result.errors().isEmpty()) {
                if (result.metafile().isEmpty()) {
                    throw new IOException("esbuild " + ready.version() + " gave no metafile");
                }
                Metafile metafile = new PlainNames(request.projectDirectory())
                        .in(result.metafile().get());
                drafts.add(draft(plan, result, metafile, startedNanos, staging));
            }
        }
        return drafts;
    }

    /** With what is to be said of imports and names that mean something to other tools. */
    private ModuleRuns.Outcome looked(ModuleRuns.Outcome outcome) {
        if (outcome.result().isEmpty() || outcome.result().get().metafile().isEmpty()) {
            return outcome;
        }
        Path base = request.projectDirectory();
        Build.Result result = outcome.result().get();
        Metafile metafile = result.metafile().get();
        // Not a stream, nor the classes themselves: what they need to be made ready is more than most bundles take.
        for (String input : metafile.inputs().keySet()) {
            if (input.indexOf('?') >= 0) {
                result = new ForeignQueries(base, outcome.plan(), metafile).addedTo(result);
                break;
            }
        }
        if (ForeignMark.isIn(result.files())) {
            result = new ForeignNames(base, outcome.plan(), metafile).addedTo(result);
        }
        return new ModuleRuns.Outcome(outcome.plan(), Optional.of(result), outcome.failure());
    }

    private String text(ModulePlan plan, EngineMessage message) {
        String near = NearFile.hint(request.projectDirectory(), message);
        Optional<String> own = UnresolvedImport.of(message)
                .flatMap(imported -> OwnPackage.advice(request.projectDirectory(), message, imported));
        String text = EngineReport.text(
                message,
                own,
                imported -> packages.map(folder -> folder.missing(imported).advice())
                        .filter(advice -> near.isEmpty() && own.isEmpty() && !advice.isEmpty()));
        return EngineComplaint.is(message)
                ? Shown.text(EngineComplaint.head(plan.label(), message)) + text + EngineComplaint.advice(message)
                : text + near;
    }

    private void tell(ModulePlan plan, List<EngineMessage> warnings) {
        for (EngineMessage warning : warnings) {
            if (plan.strict()) {
                problems.addToSources(
                        text(plan, warning) + System.lineSeparator() + "    (a warning, and <failOnWarnings> is set)");
            } else {
                String text = text(plan, warning);
                // Of a source that several bundles import it is told once, as a problem is.
                if (told.add(text)) {
                    log.warn(text);
                }
            }
        }
    }

    private Draft draft(ModulePlan plan, Build.Result result, Metafile metafile, long startedNanos, Staging staging)
            throws IOException {
        ModuleInputs inputs = new ModuleInputs(request, plan, metafile, startedNanos, problems);
        List<FileState> inputStates = inputs.files();
        List<FileState> searched = inputs.searched();
        Set<Path> entries = entries(plan, metafile);
        Map<Path, byte[]> outputs = new LinkedHashMap<>();
        for (Build.OutputFile file : result.files()) {
            Path target = FileName.resolve(request.projectDirectory(), file.path());
            if (!target.startsWith(request.outputDirectory())) {
                problems.add(
                        "output",
                        null,
                        plan.label(),
                        "leads to " + FileName.shown(target) + ", outside the output directory");
            }
            if (entries.contains(target)) {
                owners.own(target, plan.label(), plan.owner());
            } else {
                owners.shared(target, file.content(), plan.label(), plan.owner());
            }
            outputs.put(target, file.content());
        }
        List<StagedFile> staged = new ArrayList<>();
        if (!problems.any()) {
            for (Path target : new PublicationOrder(request.projectDirectory(), metafile).of(outputs.keySet())) {
                staged.add(stage(target, Objects.requireNonNull(outputs.get(target)), staging));
            }
        }
        return new Draft(plan, staged, inputStates, searched, metafile);
    }

    /** What pages load by name, with what belongs to it: the outputs of the entries that the user named. */
    private Set<Path> entries(ModulePlan plan, Metafile metafile) {
        Set<String> named = new HashSet<>();
        for (Build.Entry entry : plan.build().entries()) {
            named.add(entry.path());
        }
        Set<Path> files = new HashSet<>();
        for (Map.Entry<String, Metafile.Output> output : metafile.outputs().entrySet()) {
            if (named.contains(output.getValue().entryPoint())) {
                for (String ending : List.of("", ".map", ".LEGAL.txt")) {
                    files.add(FileName.resolve(request.projectDirectory(), output.getKey() + ending));
                }
            }
        }
        return files;
    }

    private static StagedFile stage(Path target, byte[] content, Staging staging) throws IOException {
        try (Staging.Draft draft = staging.draft(target)) {
            // In pieces: for each write the JDK takes room from the system as large as what is written.
            for (int begin = 0; begin < content.length; begin += PIECE) {
                draft.out().write(content, begin, Math.min(PIECE, content.length - begin));
            }
            return draft.file();
        }
    }
}
