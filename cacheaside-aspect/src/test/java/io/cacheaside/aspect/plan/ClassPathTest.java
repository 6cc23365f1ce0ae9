package io.cacheaside.aspect.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.spi.CacheListener;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the application's own build leaves out: parameter names, the expression language. */
class ClassPathTest {

    private static final String SOURCE = """
            import io.cacheaside.annotation.CacheAside;
            public class Compiled {
                @CacheAside(key = "name:#id"%s)
                public String find(long id) {
                    return "";
                }
            }
            """;

    @TempDir
    Path classes;

    @Test
    void classWithoutParameterNames_isToldTheCompilerOption() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(compiled(""), getClass().getClassLoader());
                CacheAsideClient client = Clients.inMemory(CacheListener.none())) {
            List<AnnotatedMethod> methods = AnnotatedMethods.of(loader.loadClass("Compiled"));
            Plans plans = new Plans(client);
            assertThatThrownBy(() -> plans.check(methods, method -> Optional.empty()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage(
                            "Compiled.find(long) @CacheAside key: unknown parameter #id: Compiled was compiled without"
                                    + " -parameters, so add that compiler option or write #p0 of find(long) (column 6)\n"
                                    + "    name:#id\n"
                                    + "         ^");
        }
    }

    @ParameterizedTest
    @CsvSource({"condition, #p0 > 1, #p0 > 1", "ttl, #{#result}, #result"})
    void expressionWithoutSpel_isAMistakeAndOnlyThat(String attribute, String text, String expression)
            throws Exception {
        URL[] classes = compiled(", " + attribute + " = \"" + text + "\"");
        try (URLClassLoader loader = new WithoutSpel(classes)) {
            Object problem = loader.loadClass(InWithoutSpel.class.getName())
                    .getMethod("problem", Class.class)
                    .invoke(null, loader.loadClass("Compiled"));
            assertThat(problem)
                    .asString()
                    .contains("Compiled.find(long) @CacheAside " + attribute + ": '" + expression
                            + "' is a SpEL expression and needs spring-expression on the class path");
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        }
    }

    /** Runs on the other side of {@link WithoutSpel}. */
    public static final class InWithoutSpel {

        private InWithoutSpel() {}

        /** What the user of {@code type} is told. */
        public static String problem(Class<?> type) {
            try (CacheAsideClient client = Clients.inMemory(CacheListener.none())) {
                new Plans(client).check(AnnotatedMethods.of(type), method -> Optional.empty());
                return "none";
            } catch (ConfigurationException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }

    private URL[] compiled(String attributes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Compiled.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return SOURCE.formatted(attributes);
                    }
                };
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
        assertThat(compiler.getTask(null, null, null, options, null, List.of(source))
                        .call())
                .isTrue();
        return new URL[] {classes.toUri().toURL()};
    }

    /** Defines everything of cacheaside anew and hides Spring. */
    private static final class WithoutSpel extends URLClassLoader {

        WithoutSpel(URL[] classes) {
            super(classes, ClassPathTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.springframework.")) {
                throw new ClassNotFoundException(name);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null
                        ? loaded
                        : name.startsWith("io.cacheaside.") ? defined(name) : super.loadClass(name, resolve);
            }
        }

        private Class<?> defined(String name) throws ClassNotFoundException {
            try (InputStream bytes = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] content = bytes.readAllBytes();
                return defineClass(name, content, 0, content.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
