package io.cacheaside.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerGroupTest {

    @Test
    void everyEventOfThePort_reachesEveryListener() throws Exception {
        List<String> told = new ArrayList<>();
        CacheListener composite = CacheListener.all(List.of(recording(told), recording(told)));

        for (Method event : CacheListener.class.getMethods()) {
            if (event.isDefault()) {
                told.clear();
                event.invoke(
                        composite,
                        Arrays.stream(event.getParameterTypes())
                                .map(ListenerGroupTest::any)
                                .toArray());
                assertThat(told).containsExactly(event.getName(), event.getName());
            }
        }
    }

    @Test
    void noListener_isTheOneThatIgnoresEverything() {
        assertThat(CacheListener.all(List.of())).isSameAs(CacheListener.none());
    }

    @Test
    void listenerThatThrows_harmsNobody() {
        List<String> told = new ArrayList<>();
        CacheListener broken = new CacheListener() {
            @Override
            public void hit(String cache) {
                throw new IllegalStateException("thrown by the test");
            }
        };
        CacheListener all = CacheListener.all(List.of(broken, recording(told)));
        all.hit("user");
        all.hit("user");
        assertThat(told).containsExactly("hit", "hit");
    }

    private static CacheListener recording(List<String> told) {
        return (CacheListener) Proxy.newProxyInstance(
                CacheListener.class.getClassLoader(),
                new Class<?>[] {CacheListener.class},
                (proxy, method, arguments) -> {
                    told.add(method.getName());
                    return null;
                });
    }

    private static Object any(Class<?> type) {
        if (type == String.class) {
            return "user";
        } else if (type == int.class) {
            return 1;
        } else if (type == boolean.class) {
            return false;
        } else if (type == Duration.class) {
            return Duration.ZERO;
        } else if (type == BackgroundQueue.class) {
            return new NoQueue();
        }
        return type.getEnumConstants()[0];
    }

    private record NoQueue() implements BackgroundQueue {

        @Override
        public int size() {
            return 0;
        }

        @Override
        public Duration age() {
            return Duration.ZERO;
        }
    }
}
