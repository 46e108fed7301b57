package dev.procession.models;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The small sizes of all models, and every mutation; seconds in all. */
class ModelsTest {
    static List<Case> quick() {
        return Catalogue.cases().stream().filter(Case::quick).toList();
    }

    @ParameterizedTest
    @MethodSource("quick")
    void check_quickCase_faultOnlyIfMutated(Case model) {
        Verdicts.expect(model);
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void mutations_protocol_hasSome(String protocol) {
        assertTrue(Catalogue.cases().stream()
                .anyMatch(c -> c.protocol().equals(protocol) && !c.mutation().isEmpty()));
    }

    static List<String> protocols() {
        return Catalogue.cases().stream()
                .map(Case::protocol)
                .filter(protocol -> !protocol.contains(","))
                .distinct()
                .toList();
    }
}
