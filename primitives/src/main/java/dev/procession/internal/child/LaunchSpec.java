package dev.procession.internal.child;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a child JVM is to be started. Two children with equal specifications can take each other's JVM.
 *
 * @param java the java executable, or null for the one that runs this JVM
 * @param inheritJvmOptions whether the options of this JVM are passed on
 * @param jvmOptions options that come after the inherited ones
 * @param classPath the child's class path, or null for the class path and module path of this JVM
 * @param environment variables to set, or to remove where the value is empty
 * @param archive a class-data archive, or null
 * @param directory the working directory, or null for this JVM's
 */
public record LaunchSpec(
        @Nullable Path java,
        boolean inheritJvmOptions,
        List<String> jvmOptions,
        @Nullable List<Path> classPath,
        Map<String, Optional<String>> environment,
        @Nullable ArchiveFile archive,
        @Nullable Path directory) {}
