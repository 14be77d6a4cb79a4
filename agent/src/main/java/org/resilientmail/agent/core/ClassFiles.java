package org.resilientmail.agent.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads class files of the agent's own. */
final class ClassFiles {

    private final ClassLoader agent;

    ClassFiles(ClassLoader agent) {
        this.agent = agent;
    }

    /** The class file of a class, by its binary name; {@code null} if there is none. */
    byte[] find(String name) throws IOException {
        try (InputStream in = agent.getResourceAsStream(name.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        }
    }

    /** The lines of a text of the agent's own. */
    List<String> lines(String name) throws IOException {
        try (InputStream in = agent.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the agent's jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }

    byte[] get(String name) throws IOException {
        byte[] classFile = find(name);
        if (classFile == null) {
            throw new IOException("the agent's jar lacks " + name);
        }
        return classFile;
    }
}
