package org.resilientmail.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.function.BiFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Copies of the agent's jar that something happened to. */
final class AgentJar {

    private AgentJar() {}

    /** Without the entries whose names begin so. */
    static Path without(Path directory, String prefix) throws IOException {
        return changed(directory, (name, bytes) -> name.startsWith(prefix) ? null : bytes);
    }

    /** With nothing of sense in the entries whose names begin so. */
    static Path spoilt(Path directory, String prefix) throws IOException {
        return changed(directory, (name, bytes) -> name.startsWith(prefix) ? new byte[bytes.length] : bytes);
    }

    private static Path changed(Path directory, BiFunction<String, byte[], byte[]> change) throws IOException {
        Path jar = directory.resolve("agent.jar");
        try (ZipFile from = new ZipFile(AppJvm.AGENT.toFile());
                OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream to = new ZipOutputStream(file)) {
            for (Enumeration<? extends ZipEntry> all = from.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                try (InputStream in = from.getInputStream(entry)) {
                    byte[] bytes = change.apply(entry.getName(), in.readAllBytes());
                    if (bytes != null) {
                        to.putNextEntry(new ZipEntry(entry.getName()));
                        to.write(bytes);
                    }
                }
            }
        }
        return jar;
    }
}
