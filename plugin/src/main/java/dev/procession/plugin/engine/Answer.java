package dev.procession.plugin.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer of the engine, field by field. A field that is missing is empty: older engines leave some out. */
final class Answer {
    private final Map<?, ?> fields;

    private Answer(Map<?, ?> fields) {
        this.fields = fields;
    }

    static Answer of(@Nullable Object value, Engine engine) throws IOException {
        if (!(value instanceof Map<?, ?> fields)) {
            throw new IOException("what the engine says cannot be understood: " + value);
        }
        // The request itself was refused: a flag that this version does not know, for example.
        Object refusal = fields.get("error");
        if (refusal != null) {
            throw new EngineFailedException("esbuild " + engine.version() + ": " + text(refusal));
        }
        return new Answer(fields);
    }

    String text(String field) {
        return text(fields.get(field));
    }

    private static String text(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return value == null ? "" : value.toString();
    }

    List<Build.OutputFile> files() {
        List<Build.OutputFile> files = new ArrayList<>();
        for (Map<?, ?> file : maps(fields.get("outputFiles"))) {
            Object content = file.get("contents");
            files.add(new Build.OutputFile(
                    text(file.get("path")),
                    content instanceof byte[] bytes ? bytes : text(content).getBytes(StandardCharsets.UTF_8)));
        }
        return files;
    }

    List<EngineMessage> messages(String field) {
        List<EngineMessage> messages = new ArrayList<>();
        for (Map<?, ?> message : maps(fields.get(field))) {
            List<EngineMessage.Note> notes = new ArrayList<>();
            for (Map<?, ?> note : maps(message.get("notes"))) {
                notes.add(new EngineMessage.Note(text(note.get("text")), LineText.location(note.get("location"))));
            }
            messages.add(new EngineMessage(
                    text(message.get("id")),
                    text(message.get("text")),
                    LineText.location(message.get("location")),
                    notes));
        }
        return messages;
    }

    private static List<Map<?, ?>> maps(@Nullable Object list) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (list instanceof List<?> members) {
            for (Object member : members) {
                if (member instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            }
        }
        return maps;
    }
}
