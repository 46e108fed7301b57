package dev.procession.plugin.output;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a bundle has to say of the third parties whose code is in it. */
final class LicenseText {
    private static final String RULE = "-".repeat(80);

    private LicenseText() {}

    static String of(Composition composition) {
        List<ThirdParty> parties = new ArrayList<>(composition.thirdParties());
        parties.sort(Comparator.comparing(ThirdParty::name).thenComparing(ThirdParty::version));
        StringBuilder text = new StringBuilder("Third-party code in ").append(composition.id()).append("\n");
        if (parties.isEmpty()) {
            return text.append("\nNone.\n").toString();
        }
        for (ThirdParty party : parties) {
            text.append("\n").append(RULE).append("\n").append(party.name());
            if (!party.version().isEmpty()) {
                text.append(' ').append(party.version());
            }
            text.append("\n");
            if (!party.licence().isEmpty()) {
                text.append("Licence: ").append(party.licence()).append("\n");
            }
            // Files of one package mostly begin with the same words.
            Set<String> words = new LinkedHashSet<>();
            party.texts().forEach(each -> words.add(plain(each)));
            party.comments().forEach(each -> words.add(plain(each)));
            for (String each : words) {
                if (!each.isEmpty()) {
                    text.append("\n").append(each).append("\n");
                }
            }
        }
        return text.toString();
    }

    private static String plain(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').strip();
    }
}
