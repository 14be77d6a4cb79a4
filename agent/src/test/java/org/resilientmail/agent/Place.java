package org.resilientmail.agent;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import legacyapp.LegacyApp;

/** Where an application has its classes from. */
enum Place {
    CLASS_PATH {
        @Override
        String[] line(MailVersion version, Path directory, List<String> batches) {
            return words(batches, "-cp", version.classPathFor(LegacyApp.class), LegacyApp.class.getName());
        }
    },
    MODULE_PATH {
        @Override
        String[] line(MailVersion version, Path directory, List<String> batches) throws Exception {
            String path = Stream.concat(Stream.of(Packaged.module(version, directory)), version.jars().stream())
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
            String main = "legacy/" + LegacyApp.class.getName();
            return words(batches, "-p", path, "--add-modules", "ALL-MODULE-PATH", "-m", main);
        }
    },
    FAT_JAR {
        @Override
        String[] line(MailVersion version, Path directory, List<String> batches) throws Exception {
            String launcher = "org.springframework.boot.loader.launch.JarLauncher";
            return words(
                    batches,
                    "-jar",
                    Packaged.fatJar(version, "3.5.6", launcher, directory).toString());
        }
    },
    TOMCAT {
        @Override
        String[] line(MailVersion version, Path directory, List<String> batches) throws Exception {
            return hosted("TomcatHost", TOMCAT_JARS, directory, web(version, directory), batches);
        }
    },
    JETTY {
        @Override
        String[] line(MailVersion version, Path directory, List<String> batches) throws Exception {
            return hosted("JettyHost", JETTY_JARS, directory, web(version, directory), batches);
        }
    },
    OSGI {
        @Override
        String[] line(MailVersion version, Path directory, List<String> batches) throws Exception {
            return hosted("FelixHost", FELIX_JARS, directory, Packaged.bundle(version, directory), batches);
        }
    },
    /** On the class path, the agent comes when the application has sent a message already. */
    ATTACHED {
        @Override
        String[] line(MailVersion version, Path directory, List<String> batches) throws Exception {
            return CLASS_PATH.line(version, directory, batches);
        }

        @Override
        AppJvm.Ended runWithAgent(String config, MailVersion version, Path directory, List<String> batches)
                throws Exception {
            String classPath = Packaged.waiting(version, directory);
            return new AppJvm().runAttached(config, words(batches, "-cp", classPath, "WaitingApp"));
        }
    };

    static final String TOMCAT_JARS = "org.apache.tomcat.embed:tomcat-embed-core:11.0.25";
    static final String JETTY_JARS = "org.eclipse.jetty.ee10:jetty-ee10-webapp:12.1.12";
    static final String FELIX_JARS = "org.apache.felix:org.apache.felix.framework:7.0.5";

    /** What stands behind {@code java} and its options. */
    abstract String[] line(MailVersion version, Path directory, List<String> batches) throws Exception;

    /** Runs the legacy application with the agent. */
    AppJvm.Ended runWithAgent(String config, MailVersion version, Path directory, List<String> batches)
            throws Exception {
        return new AppJvm().agent(config).run(line(version, directory, batches));
    }

    /** Runs it as it is. */
    AppJvm.Ended runWithout(MailVersion version, Path directory, List<String> batches) throws Exception {
        return new AppJvm().run(line(version, directory, batches));
    }

    /** The line for a container of {@code src/test/apps}, with one application in it. */
    static String[] hosted(String host, String jars, Path directory, Path application, List<String> batches)
            throws Exception {
        String classPath =
                SourceApp.classPath(List.of(host, "Hosted"), directory.resolve("host"), Artifacts.with(jars));
        String work = directory.resolve("work").toString();
        return new String[] {"-cp", classPath, host, work, application.toString(), String.join(",", batches)};
    }

    private static Path web(MailVersion version, Path directory) throws Exception {
        return Packaged.webApplication(version, directory.resolve("application"));
    }

    private static String[] words(List<String> batches, String... before) {
        return Stream.concat(Arrays.stream(before), batches.stream()).toArray(String[]::new);
    }
}
