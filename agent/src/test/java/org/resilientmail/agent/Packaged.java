package org.resilientmail.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import legacyapp.LegacyApp;

/** The legacy application with a mail version, put up as different places want it. */
final class Packaged {

    private Packaged() {}

    /** The class path of an application that sends a batch, waits, and sends the others. */
    static String waiting(MailVersion version, Path directory) throws Exception {
        List<Path> path = new ArrayList<>(List.of(version.renamedCopy(LegacyApp.class, directory.resolve("app"))));
        path.addAll(version.jars());
        return SourceApp.classPath("WaitingApp", directory.resolve("waiting"), path);
    }

    /** A jar with jars in it, which starts itself by a loader of Spring Boot. */
    static Path fatJar(MailVersion version, String boot, String launcher, Path directory) throws IOException {
        Path file = directory.resolve("app.jar");
        try (FatJar jar = new FatJar(
                file,
                "Main-Class",
                launcher,
                "Start-Class",
                LegacyApp.class.getName(),
                "Spring-Boot-Classes",
                "BOOT-INF/classes/",
                "Spring-Boot-Lib",
                "BOOT-INF/lib/")) {
            jar.classesOf(Artifacts.with("org.springframework.boot:spring-boot-loader:" + boot)
                    .get(0));
            jar.tree("BOOT-INF/classes/", version.renamedCopy(LegacyApp.class, directory.resolve("app")));
            jar.jars("BOOT-INF/lib/", version.jars());
        }
        return file;
    }

    /** A jar of the application alone, which becomes a module by being on the module path. */
    static Path module(MailVersion version, Path directory) throws IOException {
        Path file = directory.resolve("legacy.jar");
        try (FatJar jar = new FatJar(file, "Automatic-Module-Name", "legacy")) {
            jar.tree("", version.renamedCopy(LegacyApp.class, directory.resolve("app")));
        }
        return file;
    }

    /** The folder of a web application. */
    static Path webApplication(MailVersion version, Path root) throws IOException {
        version.renamedCopy(LegacyApp.class, root.resolve("WEB-INF/classes"));
        Path lib = Files.createDirectories(root.resolve("WEB-INF/lib"));
        for (Path jar : version.jars()) {
            Files.copy(jar, lib.resolve(jar.getFileName()));
        }
        return root;
    }

    /** A bundle that imports of the JDK what its mail version needs, and nothing for us. */
    static Path bundle(MailVersion version, Path directory) throws IOException {
        Path file = directory.resolve("bundle.jar");
        String embedded =
                version.jars().stream().map(jar -> "lib/" + jar.getFileName()).collect(Collectors.joining(","));
        try (FatJar jar = new FatJar(
                file,
                "Bundle-ManifestVersion",
                "2",
                "Bundle-SymbolicName",
                "legacy",
                "Bundle-ClassPath",
                ".," + embedded,
                "Import-Package",
                "javax.net,javax.net.ssl,javax.security.auth.callback,javax.security.sasl,javax.security.auth.x500,"
                        + "javax.xml.transform,javax.xml.transform.stream")) {
            jar.tree("", version.renamedCopy(LegacyApp.class, directory.resolve("app")));
            jar.jars("lib/", version.jars());
        }
        return file;
    }
}
