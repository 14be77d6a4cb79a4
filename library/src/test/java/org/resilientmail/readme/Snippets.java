package org.resilientmail.readme;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles what stands in the README: whole classes as they are, statements as the body of a method. */
final class Snippets {

    private static final Pattern CLASS = Pattern.compile("\\bclass (\\w+)");

    private static final String IMPORTS = imports(
            "jakarta.mail",
            "jakarta.mail.internet",
            "java.util",
            "java.time",
            "org.resilientmail",
            "org.resilientmail.config",
            "org.resilientmail.failure",
            "org.resilientmail.reply");

    private Snippets() {}

    private static String imports(String... packages) {
        return Arrays.stream(packages).map(name -> "import " + name + ".*;\n").collect(Collectors.joining());
    }

    /** The errors and warnings, empty when everything compiles. */
    static List<String> errors(List<String> snippets, Path output) throws IOException {
        List<JavaFileObject> sources = new ArrayList<>();
        for (String snippet : snippets) {
            sources.add(source(snippet, sources.size() + 1));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options = List.of(
                "--release",
                "17",
                "-proc:none",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                output.toString());
        try (var files = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            compiler.getTask(null, files, found, options, null, sources).call();
        }
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() != Diagnostic.Kind.NOTE)
                .map(Object::toString)
                .collect(Collectors.toList());
    }

    private static JavaFileObject source(String snippet, int number) {
        Matcher declared = CLASS.matcher(snippet);
        return declared.find()
                ? new Source(declared.group(1), snippet)
                : new Source(
                        "Snippet" + number,
                        IMPORTS + "final class Snippet" + number + " {\n    static void run() throws Exception {\n"
                                + snippet + "    }\n}\n");
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
