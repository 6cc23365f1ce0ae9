package io.cacheaside.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.CacheAsideClient;
import java.io.File;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.NestedExceptionUtils;

/** The starter on a class path that has no Jackson: everything is loaded anew, by a class loader that cannot find it. */
class WithoutJacksonTest {

    private static final String MAPPER = "com.fasterxml.jackson.databind.ObjectMapper";

    private static final ClassLoader OWN = Thread.currentThread().getContextClassLoader();
    private static URLClassLoader bare;

    @BeforeAll
    static void loadAnew() throws Exception {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!Path.of(entry).getFileName().toString().startsWith("jackson-")) {
                path.add(Path.of(entry).toUri().toURL());
            }
        }
        bare = new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(bare);
    }

    @AfterAll
    static void close() throws Exception {
        Thread.currentThread().setContextClassLoader(OWN);
        bare.close();
    }

    /** What a read finds after the start, or why there was none. */
    static final class Shop implements Function<String[], String> {
        private String answer = "";

        @Override
        public String apply(String[] properties) {
            Contexts.shop()
                    .withUserConfiguration(Contexts.InMemory.class)
                    .withPropertyValues(properties)
                    .run(context -> {
                        if (context.getStartupFailure() != null) {
                            answer = NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure())
                                    .getMessage();
                            return;
                        }
                        CacheAsideClient client = context.getBean(CacheAsideClient.class);
                        Contexts.read(client, "42", "Ann");
                        answer = Contexts.read(client, "42", "Bob").toString();
                    });
            return answer;
        }
    }

    @Test
    void everythingElse_works() throws Exception {
        assertThat(Class.forName(MAPPER)).isNotNull();
        assertThatThrownBy(() -> bare.loadClass(MAPPER)).isInstanceOf(ClassNotFoundException.class);
        assertThat(start("cacheaside.caches.user.codec=kryo")).isEqualTo("Ann");
    }

    @Test
    void json_stopsTheStart_namingPropertyAndJar() throws Exception {
        assertThat(start("cacheaside.caches.user.codec=json", "cacheaside.defaults.codec=json"))
                .contains("cacheaside.defaults.codec = json needs com.fasterxml.jackson.core:jackson-databind")
                .contains("cacheaside.caches.user.codec = json needs");
    }

    @SuppressWarnings("unchecked") // as Shop says
    private String start(String... properties) throws Exception {
        Constructor<?> shop = bare.loadClass(Shop.class.getName()).getDeclaredConstructor();
        shop.setAccessible(true); // the same package of another class loader is another package
        return ((Function<String[], String>) shop.newInstance()).apply(properties);
    }
}
