package dev.procession.plugin.sort;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A layout whose names go through a rule, part by part. */
record NamedLayout(Layout layout, NameRule rule) implements Layout {
    @Override
    public Target place(SourceFile file, FileFacts facts) {
        Target target = layout.place(file, facts);
        String folder = Arrays.stream(target.folder().split("/")).map(rule::apply).collect(Collectors.joining("/"));
        return new Target(folder, rule.apply(target.name()));
    }

    @Override
    public boolean needsFacts(SourceFile file) {
        return layout.needsFacts(file);
    }
}
