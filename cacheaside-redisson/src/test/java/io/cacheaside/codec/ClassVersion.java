package io.cacheaside.codec;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

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
     * A release.
     *
     * @param declarations types of package {@code shop}, none of them public
     * @param type of the cached values
     * @param value an expression that makes one
     */
    public static ClassVersion of(String declarations, String type, String value) {
        Loader loader = new Loader(compiled(String.format(Locale.ROOT, FRAME, declarations, type, value)));
        try {
            return new ClassVersion(loader.loadClass("shop.Release"));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
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

    /** What knows the classes by name. */
    public ClassLoader loader() {
        return Objects.requireNonNull(release.getClassLoader());
    }

    private static Map<String, byte[]> compiled(String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        StandardJavaFileManager standard = compiler.getStandardFileManager(problems, null, null);
        Memory memory = new Memory(standard);
        boolean done = compiler.getTask(
                        null, memory, problems, List.of("-proc:none"), null, List.of(new Source(source)))
                .call();
        if (!done) {
            throw new IllegalArgumentException(
                    problems.getDiagnostics().stream().map(Diagnostic::toString).toList() + source);
        }
        Map<String, byte[]> classes = new HashMap<>();
        memory.written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }

    private static final class Loader extends ClassLoader {

        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(ClassVersion.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///shop/Release.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        Memory(JavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            written.put(className, bytes);
            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/')), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }
}
