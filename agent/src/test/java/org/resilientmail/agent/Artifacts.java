package org.resilientmail.agent;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/** Fetches what applications are made of, as Maven does and into its repository; nothing of it is on our class path. */
final class Artifacts {

    private Artifacts() {}

    /** The jars of these artifacts, {@code GROUP:NAME:VERSION}, and of all they need at run time. */
    static List<Path> with(String... coordinates) {
        try (Context maven = Runtimes.INSTANCE
                .getRuntime()
                .create(ContextOverrides.create().withUserSettings(true).build())) {
            CollectRequest wanted = new CollectRequest(
                    Stream.of(coordinates)
                            .map(artifact -> new Dependency(new DefaultArtifact(artifact), "runtime"))
                            .toList(),
                    List.of(),
                    maven.remoteRepositories());
            return maven
                    .repositorySystem()
                    .resolveDependencies(maven.repositorySystemSession(), new DependencyRequest(wanted, null))
                    .getArtifactResults()
                    .stream()
                    .map(ArtifactResult::getArtifact)
                    .map(artifact -> artifact.getFile().toPath())
                    .toList();
        } catch (DependencyResolutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
