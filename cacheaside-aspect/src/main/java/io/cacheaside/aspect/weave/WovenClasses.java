package io.cacheaside.aspect.weave;

import io.cacheaside.aspect.Woven;
import io.cacheaside.aspect.plan.AnnotatedMethod;
import io.cacheaside.aspect.plan.AnnotatedMethods;
import io.github.classgraph.ClassGraph;
import io.github.classgraph.ScanResult;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;

/** Finds the annotated methods of whole packages. Loads their classes without initializing them. */
final class WovenClasses {

    private WovenClasses() {}

    static List<AnnotatedMethod> in(String... packages) {
        if (packages.length == 0) {
            return List.of();
        }
        try (ScanResult scan = new ClassGraph()
                .acceptPackages(packages)
                .ignoreClassVisibility()
                .scan()) {
            return scan.getAllClasses().loadClasses(true).stream()
                    .flatMap(type -> AnnotatedMethods.of(type).stream())
                    .toList();
        }
    }

    /** Why calls of {@code method} are not advised. */
    static Optional<String> refusal(AnnotatedMethod method) {
        if (method.method().isAnnotationPresent(Woven.class) && method.isBody()) {
            return Optional.empty();
        }
        if (Modifier.isAbstract(method.method().getModifiers())) {
            return Optional.of("an abstract method has no body to weave: put the annotation on the methods of the"
                    + " classes that implement it");
        }
        if (!method.isBody()) {
            return Optional.of(method.target().getName() + " overrides the method without its annotations, so calls of"
                    + " it are not cached: repeat them there");
        }
        return Optional.of("the class was not woven: let ajc process it with cacheaside-aspect as aspect library");
    }
}
