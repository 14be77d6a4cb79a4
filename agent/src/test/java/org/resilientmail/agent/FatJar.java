package org.resilientmail.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/** Makes jars with jars in them, as builds for Spring Boot and OSGi do. */
final class FatJar implements AutoCloseable {

    private final JarOutputStream jar;
    private final Set<String> folders = new HashSet<>();

    FatJar(Path file, String... attributes) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        for (int i = 0; i < attributes.length; i += 2) {
            manifest.getMainAttributes().putValue(attributes[i], attributes[i + 1]);
        }
        OutputStream out = Files.newOutputStream(file);
        jar = new JarOutputStream(out, manifest);
    }

    /** The files below a directory, under a name. */
    void tree(String name, Path directory) throws IOException {
        folder(name);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                put(name + directory.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
    }

    /** The class files of a jar. */
    void classesOf(Path from) throws IOException {
        try (JarFile other = new JarFile(from.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) other.stream()
                    .map(ZipEntry.class::cast)
                    .filter(e -> e.getName().endsWith(".class"))::iterator) {
                try (InputStream in = other.getInputStream(entry)) {
                    put(entry.getName(), in.readAllBytes());
                }
            }
        }
    }

    /** Jars as they are, below a name. */
    void jars(String name, List<Path> jars) throws IOException {
        folder(name);
        for (Path file : jars) {
            put(name + file.getFileName(), Files.readAllBytes(file));
        }
    }

    /** Some look for the folder before they look into it. */
    private void folder(String name) throws IOException {
        for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
            String folder = name.substring(0, end + 1);
            if (folders.add(folder)) {
                put(folder, new byte[0]);
            }
        }
    }

    /** Not compressed: so class loaders can read jars where they lie. */
    private void put(String name, byte[] bytes) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        jar.putNextEntry(entry);
        jar.write(bytes);
        jar.closeEntry();
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }
}
