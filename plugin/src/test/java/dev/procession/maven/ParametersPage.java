package dev.procession.maven;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The page of all parameters, made of the plugin's descriptor, which is made of the Mojos. */
final class ParametersPage {
    private static final String HEAD = """
            # All parameters

            Every parameter of every goal, as the code states it; a test holds this page to it. The pages of the goals say more.

            """;

    private final StringBuilder text = new StringBuilder(HEAD);

    private ParametersPage() {}

    static String of(Path descriptor) throws IOException, ParserConfigurationException, SAXException {
        ParametersPage page = new ParametersPage();
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(descriptor.toFile())
                .getDocumentElement();
        NodeList goals = root.getElementsByTagName("mojo");
        for (int i = 0; i < goals.getLength(); i++) {
            page.goal((Element) goals.item(i));
        }
        return page.text.toString().strip() + "\n";
    }

    private void goal(Element goal) {
        if (said(goal, "goal").equals("help")) {
            return;
        }
        text.append("## ").append(said(goal, "goal")).append("\n\n");
        text.append(said(goal, "description")).append("\n\n");
        String phase = said(goal, "phase");
        text.append(phase.isEmpty() ? "Bound to no phase." : "Bound to the phase `" + phase + "`.");
        text.append("\n\n| element | property | default | meaning |\n|---|---|---|---|\n");
        Map<String, Element> configuration = new HashMap<>();
        for (Element each : children(child(goal, "configuration"))) {
            configuration.put(each.getTagName(), each);
        }
        for (Element parameter : children(child(goal, "parameters"))) {
            if (said(parameter, "editable").equals("true")) {
                row(parameter, configuration.get(said(parameter, "name")));
            }
        }
        text.append('\n');
    }

    private void row(Element parameter, Element configured) {
        String property =
                configured == null ? "" : configured.getTextContent().strip().replaceAll("^\\$\\{|}$", "");
        String otherwise = configured == null ? "" : configured.getAttribute("default-value");
        text.append("| `<")
                .append(said(parameter, "name"))
                .append(">` | ")
                .append(code(property))
                .append(" | ")
                .append(
                        said(parameter, "required").equals("true") && otherwise.isEmpty()
                                ? "required"
                                : code(otherwise))
                .append(" | ")
                .append(said(parameter, "description").replace("|", "\\|"))
                .append(" |\n");
    }

    private static String code(String value) {
        return value.isEmpty() ? "" : "`" + value + "`";
    }

    private static String said(Element parent, String name) {
        Element element = child(parent, name);
        return element == null
                ? ""
                : element.getTextContent().strip().replaceAll("\\s+", " ").replace("<", "\\<");
    }

    private static Element child(Element parent, String name) {
        return children(parent).stream()
                .filter(element -> element.getTagName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static List<Element> children(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node node = parent == null ? null : parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
