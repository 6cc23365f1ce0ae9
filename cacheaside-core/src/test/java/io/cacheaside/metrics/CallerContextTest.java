package io.cacheaside.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class CallerContextTest {

    private static final ThreadLocal<@Nullable String> REQUEST = new ThreadLocal<>();

    private final ObservationRegistry observations = observations();

    private static ObservationRegistry observations() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(context -> true);
        return registry;
    }

    @AfterEach
    void forget() {
        MDC.clear();
        REQUEST.remove();
        ContextRegistry.getInstance().removeThreadLocalAccessor("request");
    }

    /** What {@code seen} sees in a task that comes from here and runs on a thread of its own, and after it there. */
    private static <T> Map<String, T> inBackground(Supplier<T> seen) throws Exception {
        CompletableFuture<T> during = new CompletableFuture<>();
        CompletableFuture<T> afterwards = new CompletableFuture<>();
        Runnable task = CallerContext.find().apply(() -> during.complete(seen.get()));
        Thread thread = new Thread(() -> {
            task.run();
            afterwards.complete(seen.get());
        });
        thread.start();
        return Map.of("during", during.get(10, TimeUnit.SECONDS), "afterwards", afterwards.get(10, TimeUnit.SECONDS));
    }

    @Test
    void mdc_isTakenAlongAndLeftBehind() throws Exception {
        MDC.put("order", "42");
        assertThat(inBackground(() -> String.valueOf(MDC.get("order"))))
                .isEqualTo(Map.of("during", "42", "afterwards", "null"));
        assertThat(MDC.get("order")).isEqualTo("42");
    }

    @Test
    void currentObservation_isTakenAlongAndLeftBehind() throws Exception {
        Observation observation = Observation.start("page", observations);
        try (Observation.Scope scope = observation.openScope()) {
            assertThat(inBackground(() -> observation.equals(observations.getCurrentObservation())))
                    .isEqualTo(Map.of("during", true, "afterwards", false));
        }
    }

    @Test
    void whatElseTheApplicationPropagates_staysWithTheCaller() throws Exception {
        ContextRegistry.getInstance().registerThreadLocalAccessor("request", REQUEST);
        REQUEST.set("POST /orders");
        assertThat(inBackground(() -> String.valueOf(REQUEST.get())))
                .isEqualTo(Map.of("during", "null", "afterwards", "null"));
    }
}
