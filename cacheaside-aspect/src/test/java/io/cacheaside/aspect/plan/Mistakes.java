package io.cacheaside.aspect.plan;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.spi.CacheListener;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** Annotated classes in, what the application would be told at start out. */
abstract class Mistakes {

    final CacheAsideClient client = Clients.inMemory(CacheListener.none());

    @AfterEach
    void close() {
        client.close();
    }

    List<String> mistakes(Class<?>... types) {
        return mistakes(client, types);
    }

    static List<String> mistakes(CacheAsideClient client, Class<?>... types) {
        List<AnnotatedMethod> methods = Arrays.stream(types)
                .flatMap(type -> AnnotatedMethods.of(type).stream())
                .toList();
        ConfigurationException thrown = catchThrowableOfType(
                ConfigurationException.class, () -> new Plans(client).check(methods, method -> Optional.empty()));
        return thrown == null ? List.of() : thrown.problems();
    }

    static String where(Class<?> type, String method) {
        return type.getName() + "." + method;
    }
}
