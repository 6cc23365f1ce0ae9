package io.cacheaside.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.aspect.weave.CacheAsideAspect;
import java.net.URL;
import java.util.concurrent.Callable;
import org.aspectj.weaver.loadtime.WeavingURLClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Woven classes need no proxy; they find the context's client, and nobody's when it is closed. */
@ExtendWith(OutputCaptureExtension.class)
class WovenMethodsTest {

    private final ApplicationContextRunner shop = Contexts.shop()
            .withConfiguration(AutoConfigurations.of(CacheAsideOffAutoConfiguration.class))
            .withUserConfiguration(Contexts.InMemory.class);

    @Test
    void wovenObjectThatIsNoBean_isCachedWhileTheContextIsOpen() throws Exception {
        Callable<String> counter = woven();
        shop.run(context -> assertThat(counter.call()).isEqualTo(counter.call()));

        assertThat(counter.call()).isNotEqualTo(counter.call());
    }

    @Test
    void disabled_wovenMethodsRunWithoutAWarning(CapturedOutput output) throws Exception {
        Callable<String> counter = woven();
        shop.withPropertyValues("cacheaside.enabled=false")
                .run(context -> assertThat(counter.call()).isNotEqualTo(counter.call()));

        assertThat(output).doesNotContain("no client is bound");
    }

    @SuppressWarnings("unchecked")
    private static Callable<String> woven() throws Exception {
        Class<?> type = new Weaving().loadClass(Counter.class.getName());
        assertThat(type).isNotSameAs(Counter.class);
        return (Callable<String>) type.getConstructor().newInstance();
    }

    /** Counts its own runs. */
    public static class Counter implements Callable<String> {
        private int runs;

        @Override
        @CacheAside(key = "counter:one")
        public String call() {
            return "run " + ++runs;
        }
    }

    /** Loads the counter woven, everything else from its parent. */
    private static final class Weaving extends WeavingURLClassLoader {

        Weaving() {
            super(
                    new URL[] {home(Counter.class), home(CacheAsideAspect.class)},
                    new URL[] {home(CacheAsideAspect.class)},
                    WovenMethodsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean mine = name.equals(Counter.class.getName());
            Class<?> known = mine ? findLoadedClass(name) : null;
            return known != null ? known : mine ? findClass(name) : super.loadClass(name, resolve);
        }

        private static URL home(Class<?> type) {
            return type.getProtectionDomain().getCodeSource().getLocation();
        }
    }
}
