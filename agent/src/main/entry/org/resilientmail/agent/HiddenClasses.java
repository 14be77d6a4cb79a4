package org.resilientmail.agent;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/**
 * Loads the agent's own classes and the libraries it is built on, from entries of its jar that no other class loader
 * takes for classes. Nothing of it can clash with what the application brings, in whatever version.
 */
final class HiddenClasses extends ClassLoader {

    private static final String FOLDER = "inst/";
    private static final String FOR_LATER = "for-later.txt";

    static {
        registerAsParallelCapable();
    }

    private final JarFile jar;
    private final String url;
    private final ProtectionDomain domain = HiddenClasses.class.getProtectionDomain();
    /** By entry; taken out by whoever uses it. */
    private final Map<String, byte[]> kept = new ConcurrentHashMap<String, byte[]>();

    HiddenClasses(File jar) throws IOException {
        super(topmost(ClassLoader.getSystemClassLoader()));
        this.jar = new JarFile(jar, false);
        this.url = "jar:" + jar.toURI() + "!/";
    }

    /** The platform's, which knows nothing of the application; also where the application has a system loader of its own. */
    private static ClassLoader topmost(ClassLoader loader) {
        return loader.getParent() == null ? loader : topmost(loader.getParent());
    }

    /**
     * Reads now what is loaded only when something goes wrong. It has to be there before a message is touched, and the
     * jar can be written over while the application runs.
     *
     * @throws IOException if something is missing, or is not what was put in
     */
    void keepForLater() throws IOException {
        String entries = new String(readWhole(FOLDER + FOR_LATER), StandardCharsets.US_ASCII);
        for (String resource : entries.split("\\R")) {
            kept.put(FOLDER + resource, readWhole(FOLDER + resource));
        }
    }

    private byte[] readWhole(String name) throws IOException {
        ZipEntry entry = jar.getEntry(name);
        if (entry == null) {
            throw new IOException(jar.getName() + " lacks " + name);
        }
        InputStream in = jar.getInputStream(entry);
        try {
            byte[] bytes = read(in);
            CRC32 sum = new CRC32();
            sum.update(bytes, 0, bytes.length);
            boolean isBlank = bytes.length == 0 || bytes[0] == 0; // as a disk leaves what it could not write
            if (isBlank || sum.getValue() != entry.getCrc()) {
                throw new IOException(name + " is damaged in " + jar.getName());
            }
            return bytes;
        } finally {
            in.close();
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] classFile;
        try (InputStream in = open(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name + " is missing in " + jar.getName());
            }
            classFile = read(in);
        } catch (IOException e) {
            throw new ClassNotFoundException(name + " cannot be read from " + jar.getName(), e);
        }
        return defineClass(name, classFile, 0, classFile.length, domain);
    }

    private static String entryOf(String resource) {
        return FOLDER + (resource.endsWith(".class") ? resource + "data" : resource);
    }

    private InputStream open(String resource) throws IOException {
        String name = entryOf(resource);
        byte[] here = kept.remove(name); // read once: a class by its loader, a text by its reader
        if (here != null) {
            return new ByteArrayInputStream(here);
        }
        ZipEntry entry = jar.getEntry(name);
        return entry == null ? null : jar.getInputStream(entry);
    }

    private static byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
        byte[] buffer = new byte[8192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            bytes.write(buffer, 0, read);
        }
        return bytes.toByteArray();
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        try {
            InputStream ours = open(name);
            return ours != null ? ours : super.getResourceAsStream(name);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    protected URL findResource(String name) {
        ZipEntry entry = jar.getEntry(entryOf(name));
        try {
            return entry == null ? null : new URL(url + entry.getName());
        } catch (MalformedURLException e) {
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL found = findResource(name);
        return found == null
                ? Collections.<URL>emptyEnumeration()
                : Collections.enumeration(Collections.singleton(found));
    }
}
