package dev.procession.plugin.bundle.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncludesTest {
    private final Includes includes = new Includes(
            name -> Optional.ofNullable(Map.of("debug", "true", "quiet", "false", "empty", "", "env", "prod")
                    .get(name)),
            profile -> profile.equals("dev"));

    @ParameterizedTest
    @CsvSource({
        ",                true",
        "' ',             true",
        "debug,           true",
        "!debug,          false",
        "quiet,           false",
        "!quiet,          true",
        "empty,           true",
        "none,            false",
        "! none,          true",
        "env=prod,        true",
        "env = prod,      true",
        "env=test,        false",
        "env!=test,       true",
        "env!=prod,       false",
        "!env=prod,       false",
        "none=x,          false",
        "none!=x,         true",
        "profile:dev,     true",
        "!profile:dev,    false",
        "profile: ci,     false",
        "!profile:ci,     true"
    })
    void holds_condition_isDecided(String condition, boolean expected) {
        assertEquals(expected, includes.holds(condition));
    }
}
