package dev.procession.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "..", "with space", "черга", "\uD83D\uDE00", "a\\b", "line\nbreak"})
    void check_allowed_isGivenBack(String name) {
        assertEquals(name, ObjectName.check(name));
    }

    static Stream<Arguments> forbidden() {
        return Stream.of(
                Arguments.of("", "must not be empty"),
                Arguments.of("a/b", "must not contain '/': \"a/b\""),
                Arguments.of("a\0b", "must not contain NUL: \"a\\u0000b\""),
                Arguments.of("a\uD83D", "must not contain half a surrogate pair: \"a\\ud83d\""),
                Arguments.of(
                        "ї".repeat(101),
                        "must not be longer than 200 bytes of UTF-8: \"" + "ї".repeat(60) + "...\" has 202"));
    }

    @ParameterizedTest
    @MethodSource("forbidden")
    void check_forbidden_saysTheRuleAndTheName(String name, String rule) {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> ObjectName.check(name));
        assertEquals("name of a shared object " + rule, thrown.getMessage());
    }

    @Test
    void check_longest_isAllowed() {
        assertEquals(200, ObjectName.utf8("ї".repeat(100)).length);
    }

    @Test
    void shown_controlCharacters_areEscaped() {
        assertEquals("\"a\\u000a\\u001b[31m\\u202e\"", ObjectName.shown("a\n\u001b[31m\u202e"));
    }
}
