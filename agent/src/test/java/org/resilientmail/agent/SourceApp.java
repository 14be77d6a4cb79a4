package org.resilientmail.agent;

import java.io.File;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles an application of {@code src/test/apps} against its own libraries. */
final class SourceApp {

    private static final Path SOURCES = Path.of(System.getProperty("agent.apps"));

    private SourceApp() {}

    /** Its class path; its class files go to a directory. */
    static String classPath(String name, Path classes, List<Path> libraries) throws Exception {
        return classPath(List.of(name), classes, libraries);
    }

    /** The class path of one with several classes. */
    static String classPath(List<String> names, Path classes, List<Path> libraries) throws Exception {
        compile(names, classes, "-cp", libraries);
        return join(Stream.concat(Stream.of(classes), libraries.stream()));
    }

    /** Makes a module of class files. */
    static void compileModule(Path classes, List<Path> libraries) throws Exception {
        compile(List.of("module-info"), classes, "-p", libraries);
    }

    private static void compile(List<String> names, Path classes, String kindOfPath, List<Path> libraries)
            throws Exception {
        Files.createDirectories(classes);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources =
                    names.stream().map(name -> SOURCES.resolve(name + ".java")).toList();
            boolean compiled = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of(
                                    "-proc:none",
                                    "--release",
                                    "17",
                                    "-d",
                                    classes.toString(),
                                    kindOfPath,
                                    join(libraries.stream())),
                            null,
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!compiled) {
                throw new AssertionError(said.toString());
            }
        }
    }

    private static String join(Stream<Path> paths) {
        return paths.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
