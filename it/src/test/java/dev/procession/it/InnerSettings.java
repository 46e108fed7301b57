package dev.procession.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The settings.xml of the inner builds: the user's own, with one profile more. It names the local repository of the
 * outer build as a repository to read from, before all others; what is not there comes from where it always comes.
 */
final class InnerSettings {
    private static final String PROFILE = "procession-it";

    /** Once per JVM: the tests of one run share it. */
    private static final Path FILE = write();

    private InnerSettings() {}

    static Path file() {
        return FILE;
    }

    private static Path write() {
        Path file = Surroundings.directory().resolve("settings.xml");
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            Document document;
            if (Files.isRegularFile(Surroundings.userSettings())) {
                document = builder.parse(Surroundings.userSettings().toFile());
            } else {
                document = builder.newDocument();
                document.appendChild(document.createElement("settings"));
            }
            addProfile(document.getDocumentElement());
            Files.createDirectories(Surroundings.directory());
            TransformerFactory.newInstance()
                    .newTransformer()
                    .transform(new DOMSource(document), new StreamResult(file.toFile()));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException | TransformerException e) {
            throw new IllegalStateException("settings: " + Surroundings.userSettings(), e);
        }
    }

    private static void addProfile(Element settings) {
        Element profile = add(child(settings, "profiles"), "profile");
        add(profile, "id").setTextContent(PROFILE);
        addRepository(add(add(profile, "repositories"), "repository"));
        addRepository(add(add(profile, "pluginRepositories"), "pluginRepository"));
        add(child(settings, "activeProfiles"), "activeProfile").setTextContent(PROFILE);
    }

    private static void addRepository(Element repository) {
        add(repository, "id").setTextContent(PROFILE);
        add(repository, "url")
                .setTextContent(Surroundings.outerRepository().toUri().toString());
        Element releases = add(repository, "releases");
        // A local repository keeps the checksums of what it downloaded, and has none for the rest.
        add(releases, "checksumPolicy").setTextContent("ignore");
        // What is under test is staged; an older one that the user has installed must not be taken for it.
        add(add(repository, "snapshots"), "enabled").setTextContent("false");
    }

    private static Element child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return element;
            }
        }
        return add(parent, name);
    }

    private static Element add(Element parent, String name) {
        Element element = parent.getOwnerDocument().createElementNS(parent.getNamespaceURI(), name);
        parent.appendChild(element);
        return element;
    }
}
