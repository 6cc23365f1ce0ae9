package io.cacheaside.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The classes of one release of an application, compiled from source and loaded by a class loader of their own. */
public final class ClassVersion {

    private static final String FRAME = """
            package shop;
            import java.math.*;
            import java.util.*;
            %s
            public final class Release implements java.util.function.Supplier<Object> {
                public static %s declared;
                @Override public Object get() {
                    return %s;
                }
            }
            """;

    private final Class<?> release;

    private ClassVersion(Class<?> release) {
        this.release = release;
    }

    /**
     * What a release consists of.
     *
     * @param declarations types of package {@code shop}, none of them public
     * @param type of the cached values
     * @param value an expression that makes one
     */
    public record Source(String declarations, String type, String value) {

        private String text() {
            return String.format(Locale.ROOT, FRAME, declarations, type, value);
        }
    }

    /** One release. */
    public static ClassVersion of(String declarations, String type, String value) {
        return all(List.of(new Source(declarations, type, value))).get(0);
    }

    /** Several releases, compiled in one go: each is a module, so each may have the same packages and classes. */
    public static List<ClassVersion> all(List<Source> sources) {
        try {
            Path folder = Files.createTempDirectory("releases");
            try {
                return all(sources, folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ClassVersion> all(List<Source> sources, Path folder)
            throws IOException, ReflectiveOperationException {
        for (int i = 0; i < sources.size(); i++) {
            Path module = folder.resolve("src/m" + i);
            Files.createDirectories(module.resolve("shop"));
            Files.writeString(module.resolve("module-info.java"), "module m" + i + " {}");
            Files.writeString(
                    module.resolve("shop/Release.java"), sources.get(i).text());
        }
        compile(folder, sources.size());
        List<ClassVersion> releases = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            Loader loader = new Loader();
            releases.add(new ClassVersion(loader.defineAll(folder.resolve("out/m" + i))));
        }
        return releases;
    }

    private static void compile(Path folder, int modules) {
        String names = IntStream.range(0, modules).mapToObj(i -> "m" + i).collect(Collectors.joining(","));
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        String sources = folder.resolve("src").toString();
        String classes = folder.resolve("out").toString();
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, told, told, "-d", classes, "-proc:none", "--module-source-path", sources, "--module", names);
        if (failed != 0) {
            throw new IllegalArgumentException(told.toString(UTF_8));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The declared type, generic if it was written so. */
    public Type type() {
        try {
            return release.getField("declared").getGenericType();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new value. */
    public Object value() {
        try {
            return ((Supplier<?>) release.getConstructor().newInstance()).get();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Loader extends ClassLoader {

        private Path folder = Path.of(".");

        Loader() {
            super(ClassVersion.class.getClassLoader());
        }

        /** Defines all classes in {@code module} and answers the release. */
        Class<?> defineAll(Path module) throws IOException, ReflectiveOperationException {
            folder = module;
            try (Stream<Path> files = Files.list(module.resolve("shop"))) {
                for (Path file : files.toList()) {
                    loadClass("shop." + file.getFileName().toString().replace(".class", ""));
                }
            }
            return loadClass("shop.Release");
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try {
                byte[] bytes = Files.readAllBytes(folder.resolve(name.replace('.', '/') + ".class"));
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
