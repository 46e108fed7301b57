package dev.procession.models;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The larger sizes: some minutes in all. */
class ThoroughModelsTest {
    static List<Case> thorough() {
        return Catalogue.cases().stream().filter(model -> !model.quick()).toList();
    }

    @ParameterizedTest
    @MethodSource("thorough")
    void check_thoroughCase_noFault(Case model) {
        Verdicts.expect(model);
    }
}
