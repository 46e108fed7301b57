package dev.procession.plugin.timeline;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * What all pages have around their content: a head, the switches of language and colours, the style and the script. A
 * page needs nothing else, from the network neither.
 *
 * @param title of the page
 * @param language the one that it is opened in, {@code en} or {@code uk}
 * @param navigation markup of links to other pages, or empty
 */
public record PageFrame(PageText title, String language, String navigation) {

    /** Writes a page's content. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes it.
         *
         * @param out markup
         * @throws IOException when {@code out} throws it
         */
        void write(Appendable out) throws IOException;
    }

    /**
     * Writes the page; the one before is replaced at once and as a whole.
     *
     * @param file where to; its directories are made
     * @param content what is between head and foot
     * @throws IOException when it cannot be written; the page before is as it was
     */
    public void write(Path file, Content content) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path directory = absolute.getParent() == null ? absolute : absolute.getParent();
        Files.createDirectories(directory);
        Path draft = directory.resolve("." + UUID.randomUUID() + ".html");
        try {
            try (Writer out = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
                write(out, content);
            }
            Files.move(draft, absolute, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void write(Appendable out, Content content) throws IOException {
        PageWords words = PageWords.ofTimelines();
        out.append(new Html()
                .raw("<!DOCTYPE html>\n<html lang=\"")
                .text(language)
                .raw("\">\n<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                // Even if something from outside became markup it could load and send nothing.
                .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:;")
                .raw(" style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n")
                .raw("<link rel=\"icon\" href=\"data:,\">\n<title>")
                .text(language.equals("uk") ? title.uk() : title.en())
                .raw("</title>\n<style>\n")
                .raw(PageCode.style())
                .raw("</style>\n</head>\n<body>\n<header class=\"bar\"><nav>")
                .raw(navigation)
                .raw("</nav><div class=\"switches\">")
                .raw("<button type=\"button\" data-language=\"en\" aria-label=\"English\">EN</button>")
                .raw("<button type=\"button\" data-language=\"uk\" aria-label=\"Українська\">УКР</button>")
                .raw("<select data-theme-choice data-label=\"theme\">")
                .raw("<option value=\"auto\" data-say=\"theme.auto\">auto</option>")
                .raw("<option value=\"light\" data-say=\"theme.light\">light</option>")
                .raw("<option value=\"dark\" data-say=\"theme.dark\">dark</option></select></div></header>\n")
                .raw("<main>\n<h1>")
                .text(title)
                .raw("</h1>\n")
                .toString());
        content.write(out);
        out.append("</main>\n<script type=\"application/json\" id=\"procession-texts\">");
        out.append(words.json());
        out.append("</script>\n<script>\n");
        out.append(PageCode.script());
        out.append("</script>\n</body>\n</html>\n");
    }
}
