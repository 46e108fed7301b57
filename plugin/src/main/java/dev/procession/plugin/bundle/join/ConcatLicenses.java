package dev.procession.plugin.bundle.join;

import dev.procession.plugin.bundle.input.IncludePattern;
import dev.procession.plugin.bundle.read.ReadOutcome;
import dev.procession.plugin.output.ThirdParty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose code is in a joined bundle: the WebJars, and the files of the project that say so in a comment. What licence
 * they have, their comments tell.
 */
final class ConcatLicenses {
    private final BundlePlan plan;
    private final List<ReadOutcome> outcomes;

    ConcatLicenses(BundlePlan plan, List<ReadOutcome> outcomes) {
        this.plan = plan;
        this.outcomes = outcomes;
    }

    List<ThirdParty> thirdParties() {
        if (plan.settings().licenses() == null) {
            return List.of();
        }
        Map<String, List<String>> comments = new LinkedHashMap<>();
        for (int i = 0; i < outcomes.size(); i++) {
            String name = plan.inputs().get(i).name();
            String[] own = ReadCheck.legalComments(outcomes.get(i));
            boolean webJar = name.startsWith(IncludePattern.WEBJAR);
            if (webJar || own.length > 0) {
                comments.computeIfAbsent(webJar ? packageOf(name) : name, party -> new ArrayList<>())
                        .addAll(List.of(own));
            }
        }
        List<ThirdParty> parties = new ArrayList<>();
        comments.forEach((party, texts) -> {
            int slash = party.startsWith(IncludePattern.WEBJAR) ? party.indexOf('/') : -1;
            parties.add(
                    slash < 0
                            ? new ThirdParty(party, "", "", List.of(), texts)
                            : new ThirdParty(
                                    party.substring(IncludePattern.WEBJAR.length(), slash),
                                    party.substring(slash + 1),
                                    "",
                                    List.of(),
                                    texts));
        });
        return parties;
    }

    /** {@code webjar:jquery/3.7.1/dist/jquery.js} is of {@code webjar:jquery/3.7.1}. */
    private static String packageOf(String name) {
        int version = name.indexOf('/') + 1;
        return name.substring(0, name.indexOf('/', version));
    }
}
