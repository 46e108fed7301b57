package dev.procession.plugin.sort.layout;

import dev.procession.plugin.sort.name.FittedName;
import dev.procession.plugin.sort.name.FolderRule;
import dev.procession.plugin.sort.name.WindowsNames;
import dev.procession.plugin.sort.scan.SourceFile;
import dev.procession.plugin.work.FileStat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Folders as the user writes them, such as {@code {category}/{year}}. A template whose last part ends with
 * {@code .{ext}} names the file as well, such as {@code {year}/{year}-{month}-{day} {name}.{ext}}.
 *
 * <p>Days are those of the file's last change; for photos that say when they were taken, if asked for, of that.
 */
public final class TemplateLayout implements Layout {

    /** What photos carry the day in, that a camera wrote. */
    private static final Set<String> PHOTOS = Set.of(
            "jpg", "jpeg", "jpe", "jfif", "tif", "tiff", "heic", "heif", "avif", "png", "webp", "dng", "cr2", "cr3",
            "crw", "nef", "nrw", "arw", "srf", "sr2", "orf", "ori", "rw2", "rwl", "raf", "pef", "srw", "x3f", "3fr",
            "fff", "erf", "kdc", "dcr", "mef", "mos", "mrw", "iiq", "gpr");

    private final Template template;
    private final CategoryTable categories;
    private final String sourceName;
    private final boolean taken;
    private final ZoneId zone;

    /**
     * @param template as parsed
     * @param categories for {@code {category}}
     * @param sourceName the raw name of the source, which is the parent of the files that lie directly in it
     * @param taken whether photos are asked when they were taken
     * @param zone whose days are meant
     */
    public TemplateLayout(Template template, CategoryTable categories, String sourceName, boolean taken, ZoneId zone) {
        this.template = template;
        this.categories = categories;
        this.sourceName = sourceName.isEmpty() ? "_" : sourceName;
        this.taken = taken;
        this.zone = zone;
    }

    @Override
    public boolean needsFacts(SourceFile file) {
        return taken && template.usesDate() && isPhoto(file.name());
    }

    static boolean isPhoto(String name) {
        int dot = name.lastIndexOf('.');
        return dot >= 0 && PHOTOS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    @Override
    public Target place(SourceFile file, FileFacts facts) {
        String name = file.name();
        LocalDate day = facts.taken() == null ? modified(file.stat()) : facts.taken();
        List<String> folders = new ArrayList<>();
        for (List<Template.Piece> part : template.folders()) {
            folders.add(safe(expand(part, file, day, FolderRule.folderOf(name)), folders.isEmpty()));
        }
        String fileName = name;
        if (!template.file().isEmpty()) {
            // The extension as it is spelled; a name without one gets none, and no dot.
            int dot = extensionDot(name);
            String expanded = expand(template.file(), file, day, "");
            fileName = FittedName.of(name, dot < 0 ? expanded : expanded + name.substring(dot));
        }
        return new Target(String.join("/", folders), fileName);
    }

    private String expand(List<Template.Piece> part, SourceFile file, LocalDate day, String extension) {
        String name = file.name();
        StringBuilder text = new StringBuilder();
        for (Template.Piece piece : part) {
            text.append(
                    piece.placeholder() == null
                            ? piece.text()
                            : switch (piece.placeholder()) {
                                case CATEGORY -> categories.of(name);
                                case EXT -> extension;
                                case YEAR -> padded(day.getYear(), 4);
                                case MONTH -> padded(day.getMonthValue(), 2);
                                case DAY -> padded(day.getDayOfMonth(), 2);
                                case NAME -> stem(name);
                                case PARENT -> parent(file.path());
                            });
        }
        return text.toString();
    }

    /** With zeros; String.format costs more than all the rest. */
    private static String padded(int number, int digits) {
        String text = Integer.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    /** No name of a file can lead out of the output, into the goal's own folder, or to a device. */
    private static String safe(String part, boolean first) {
        String name = FittedName.of(part, part);
        boolean own = first && name.toLowerCase(Locale.ROOT).startsWith(".procession");
        return WindowsNames.unreserved(own ? "_" + name : name);
    }

    private LocalDate modified(FileStat stat) {
        return LocalDate.ofInstant(
                Instant.ofEpochSecond(
                        Math.floorDiv(stat.modifiedNanos(), 1_000_000_000L),
                        Math.floorMod(stat.modifiedNanos(), 1_000_000_000L)),
                zone);
    }

    private static String stem(String name) {
        int dot = extensionDot(name);
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static int extensionDot(String name) {
        return name.startsWith(".") ? -1 : FolderRule.extensionDot(name);
    }

    private String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? sourceName : path.substring(path.lastIndexOf('/', slash - 1) + 1, slash);
    }
}
