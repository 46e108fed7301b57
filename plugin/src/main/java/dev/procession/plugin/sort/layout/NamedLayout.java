package dev.procession.plugin.sort.layout;

import dev.procession.plugin.sort.name.NameRule;
import dev.procession.plugin.sort.scan.SourceFile;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A layout whose names go through a rule, part by part. */
public record NamedLayout(Layout layout, NameRule rule) implements Layout {

    /** The layout with names by a rule, in the folder and in what is in it. */
    public static Layout of(Layout layout, NameRule rule) {
        return rule == NameRule.KEEP ? layout : new NamedLayout(layout, rule);
    }

    @Override
    public Target place(SourceFile file, FileFacts facts) {
        Target target = layout.place(file, facts);
        String folder =
                Arrays.stream(target.folder().split("/")).map(rule::apply).collect(Collectors.joining("/"));
        return new Target(folder, rule.apply(target.name()));
    }

    @Override
    public boolean needsFacts(SourceFile file) {
        return layout.needsFacts(file);
    }
}
