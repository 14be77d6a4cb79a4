package org.resilientmail.readme;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A POM, or a piece of one, by paths below its root element. */
final class Pom {

    private final Document document;

    private Pom(Document document) {
        this.document = document;
    }

    static Pom read(String file) throws Exception {
        return parse(Readme.read(file));
    }

    static Pom parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return new Pom(factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml))));
    }

    /** The text of the one element at this path. */
    String text(String path) throws XPathExpressionException {
        List<String> found = texts(path);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " elements at " + path);
        }
        return found.get(0);
    }

    List<String> texts(String path) throws XPathExpressionException {
        NodeList nodes = (NodeList)
                XPathFactory.newInstance().newXPath().evaluate("/*/" + path, document, XPathConstants.NODESET);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent().strip());
        }
        return texts;
    }
}
