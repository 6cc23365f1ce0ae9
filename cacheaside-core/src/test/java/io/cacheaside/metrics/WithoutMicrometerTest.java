package io.cacheaside.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.CacheAsideClient;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Micrometer is optional: everything but its own package has to load and link where it is missing. */
class WithoutMicrometerTest {

    @Test
    void everythingButTheListener_linksWithoutMicrometer() throws Exception {
        Path classes = classes();
        try (URLClassLoader loader = hiding(classes)) {
            for (String name : classNames(classes)) {
                Class<?> type = Class.forName(name, true, loader);

                assertThat(type.getDeclaredMethods()).isNotNull();
                assertThat(type.getDeclaredFields()).isNotNull();
                assertThat(type.getDeclaredConstructors()).isNotNull();
            }
        }
    }

    @Test
    void theListener_doesNot() throws Exception {
        try (URLClassLoader loader = hiding(classes())) {
            Class<?> listener = Class.forName("io.cacheaside.metrics.MicrometerListener", false, loader);

            assertThatThrownBy(listener::getDeclaredConstructors).isInstanceOf(NoClassDefFoundError.class);
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void tasksForTheBackground_areLeftAsTheyAre() throws Exception {
        try (URLClassLoader loader = hiding(classes())) {
            UnaryOperator<Runnable> context =
                    (UnaryOperator<Runnable>) Class.forName("io.cacheaside.metrics.CallerContext", true, loader)
                            .getMethod("find")
                            .invoke(null);
            Runnable task = () -> {};
            assertThat(context.apply(task)).isSameAs(task);
        }
    }

    private static List<String> classNames(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.contains("metrics"))
                    .map(file -> file.substring(0, file.length() - 6).replace('/', '.'))
                    .toList();
        }
    }

    private static Path classes() throws Exception {
        URI home = CacheAsideClient.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        return Path.of(home);
    }

    private static URLClassLoader hiding(Path classes) throws IOException {
        URL[] own = {classes.toUri().toURL()};
        ClassLoader rest = new ClassLoader(WithoutMicrometerTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.startsWith("io.micrometer.") || name.startsWith("io.cacheaside.")) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }
        };
        return new URLClassLoader(own, rest);
    }
}
