package dev.procession.plugin.engine;

import java.util.List;

/**
 * A text to be transformed: minified, or brought to another language level.
 *
 * @param text the source
 * @param flags as on the engine's command line, such as {@code --loader=js}, {@code --minify},
 *     {@code --sourcemap=external}, {@code --sourcefile=app.js}, {@code --target=es2017}
 */
public record Transform(byte[] text, List<String> flags) {

    /** Copies the list; the text is not copied. */
    public Transform {
        flags = List.copyOf(flags);
    }

    /**
     * What came of it.
     *
     * @param code the new text, empty when there are errors
     * @param map its source map, version 3, if {@code --sourcemap=external} was asked for, else empty
     * @param errors why there is no new text; empty if there is
     * @param warnings what the user should look at
     */
    public record Result(String code, String map, List<EngineMessage> errors, List<EngineMessage> warnings) {
        /** Copies the lists. */
        public Result {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }
    }
}
